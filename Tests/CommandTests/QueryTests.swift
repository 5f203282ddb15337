import Foundation
import Testing

/// `query` over a kept database.
@Suite struct QueryTests {
  private let store: Store
  private let database: String

  init() throws {
    store = try Store()
    try store.addHealthyVersion()
    database = store.beside("audit.db")
    try #require(store.scan(["--db", database]).run.status != 64)
  }

  private func query(_ sql: String, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(["query", "--db", database, sql] + arguments)
  }

  @Test func `answers as a table, CSV and JSON`() throws {
    let sql = "SELECT subject, 1 AS line, NULL AS absent, '' AS empty, 1.5 AS real, x'00ff' AS blob FROM runs"
    #expect(
      try query(sql).output == """
        subject      line  absent  empty  real  blob
        -----------  ----  ------  -----  ----  -------
        run:m-1.0.0     1    NULL          1.5  x'00ff'

        """)
    #expect(
      try query(sql, ["--format", "csv"]).output
        == "subject,line,absent,empty,real,blob\r\nrun:m-1.0.0,1,,\"\",1.5,x'00ff'\r\n")
    #expect(
      try query(sql, ["--format", "json"]).output
        == "[\n{\"subject\":\"run:m-1.0.0\",\"line\":1,\"absent\":null,\"empty\":\"\",\"real\":1.5,\"blob\":\"x'00ff'\"}\n]\n"
    )
    #expect(try query("SELECT 1 AS x WHERE 0", ["--format", "json"]).output == "[]\n")
  }

  @Test func `hostile text neither moves the cursor nor becomes a formula`() throws {
    let sql = "SELECT '=cmd(\"a\")' || char(27, 8238) AS x, 'a,b' || char(10) AS y"
    let table = try query(sql).output
    #expect(table.contains("=cmd(\"a\")␛⟨U+202E⟩") && !table.contains("\u{1B}"))
    let csv = try query(sql, ["--format", "csv"])
    #expect(csv.output == "x,y\r\n\"'=cmd(\"\"a\"\")␛⟨U+202E⟩\",\"a,b\n\"\r\n", "\(csv.output)")
    #expect(csv.errors.contains("1 text that a spreadsheet would run as a formula"))
    #expect(try query(sql, ["--format", "json"]).output.contains("=cmd(\\\"a\\\")\\u001b"))
  }

  @Test func `a mistake shows its place, and nothing is written`() throws {
    let wrong = try query("SELECT subject,\n  nope FROM runs")
    #expect(wrong.status == 64 && wrong.output.isEmpty)
    #expect(wrong.errors == "error: 2:3: no such column: nope\n    nope FROM runs\n    ^\n", "\(wrong.errors)")
    let before = try Data(contentsOf: URL(filePath: database))
    #expect(try query("DELETE FROM runs").status == 64)
    #expect(try query("SELECT 1 AS a, 2 AS a", ["--format", "json"]).errors.contains("two columns are called `a`"))
    #expect(try Data(contentsOf: URL(filePath: database)) == before)
  }

  @Test func `a question without end is stopped, and says so`() throws {
    let endless = try query(
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n", ["--time-limit", "1"])
    #expect(endless.status == 2 && endless.errors.contains("it was stopped after 1 s"))
  }

  @Test(arguments: [
    ("no such file", "rm -f \"$1\""), ("it is empty", ": > \"$1\""), ("not a database", "echo hello > \"$1\""),
    ("it is no file", "rm -f \"$1\"; mkdir \"$1\""), ("it is no file", "rm -f \"$1\"; mkfifo \"$1\""),
    ("malformed", "head -c 40000 \"$1\" > \"$1.x\"; mv \"$1.x\" \"$1\""),
    ("a newer repro-audit", "sqlite3 \"$1\" 'PRAGMA user_version = 99'"),
    ("scan again", "sqlite3 \"$1\" 'PRAGMA user_version = 1'"),
    ("another program", "sqlite3 \"$1\" 'PRAGMA application_id = 1'"),
  ])
  func `what is no database of ours is refused clearly`(message: String, script: String) throws {
    try Store.shell(script, database)
    let result = try query("SELECT * FROM runs")
    #expect(result.status == 64, "\(result)")
    #expect(result.errors.contains(message) && result.errors.contains("audit.db: "), "\(result.errors)")
  }

  @Test func `a database that cannot be written, or is being written, is read`() throws {
    try Store.shell(
      "sqlite3 \"$1\" 'PRAGMA journal_mode = WAL; UPDATE scan SET finished = 0' >/dev/null; chmod 444 \"$1\"", database)
    let result = try query("SELECT count(*) AS n FROM runs", ["--format", "csv"])
    #expect(result.output == "n\r\n1\r\n" && result.status == 0, "\(result)")
    #expect(result.errors.contains("its last scan has not finished"))
  }

  @Test func `the question can come from standard input`() throws {
    let process = Process()
    process.executableURL = Binary.url
    process.arguments = ["query", "--db", database, "-", "--format", "csv"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data("-- how many?\nSELECT count(*) AS n\nFROM runs;\n".utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(try output.fileHandleForReading.readToEnd() == Data("n\r\n1\r\n".utf8))
  }
}
