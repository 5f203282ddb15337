import Foundation
import Testing

@testable import AuditDatabase

/// What other people's SQL may do, and what stops it.
@Suite struct QueryConnectionTests {
  private func connection(seconds: Int = 60, textBytes: Int = 1 << 20) throws -> QueryConnection {
    try QueryConnection(schemaWithin: QueryLimits(seconds: seconds, textBytes: textBytes))
  }

  @Test(
    arguments: [
      ("DELETE FROM run", "only a SELECT is run", 0), ("", "there is no SQL", 0), ("-- nothing", "there is no SQL", 0),
      ("WITH x AS (SELECT 1) DELETE FROM run", "`run` is not a view", 33),
      ("WITH x AS (SELECT 1) INSERT INTO run SELECT * FROM x", "it writes to `run`", 33),
      ("SELECT 1; SELECT 2", "a second statement follows", 10), ("SELECT 1;; ", "a second statement", 9),
      ("ATTACH 'x' AS y", "only a SELECT is run, and this begins with `ATTACH`", 0),
      ("PRAGMA query_only = 0", "only a SELECT is run", 0), ("VACUUM", "only a SELECT is run", 0),
      ("SELECT * FROM run", "`run` is not a view", 14), ("SELECT count(*) FROM run", "`run` is not a view", 21),
      ("SELECT count(*) FROM main.run", "`run` is not a view", 26),
      ("SELECT count(*) FROM \"run\"", "`run` is not a view", 21),
      ("WITH x AS (SELECT * FROM run) SELECT * FROM x", "`run` is not a view", 25),
      ("WITH runs AS (SELECT * FROM file) SELECT * FROM runs", "`runs` is the name of a view", 5),
      ("WITH runs(a) AS NOT MATERIALIZED (SELECT 1) SELECT * FROM runs", "`runs` is the name of a view", 5),
      ("SELECT * FROM sqlite_schema", "`sqlite_schema` is not a view", 14),
      ("SELECT * FROM pragma_table_info('runs')", "`pragma_table_info` is not a view", 14),
      ("SELECT * FROM runss", "there is no view `runss`", 14),
      ("SELECT nonesuch FROM runs", "no such column: nonesuch", 7),
      ("SELECT random()", "the function `random` is refused", 7),
      ("SELECT randomblob(9)", "`randomblob` is refused", 7),
      ("SELECT load_extension('x')", "`load_extension` is refused", 7), ("SELECT sqlite_version()", "is refused", 7),
      ("SELECT last_insert_rowid()", "is refused", 7), ("SELECT CURRENT_TIMESTAMP", "reads the clock", 7),
      ("SELECT datetime('now')", "the scan's clock is `current.now`", 16),
      ("SELECT date(' NOW ')", "`current.now`", 12),
      ("SELECT date()", "`date` without a time reads the clock", 7), ("SELECT strftime('%Y')", "without a time", 7),
      ("SELECT datetime(now, 'localtime') FROM current", "`current.now`", 21),
      ("SELECT date(now, 'utc') FROM current", "`current.now`", 17),
      ("SELECT printf('%.*c', 1000000000, 'x')", "the width in `'%.*c'` is refused", 14),
      ("SELECT \"format\"('%1000000000d', 1)", "the width in", 16),
      ("SELECT printf('%' || '.*c', 9, 'x')", "takes its format as a text that stands there", 7),
      ("SELECT ?", "`?` is a bind parameter", 7), ("SELECT :name", "`:name` is a bind parameter", 7),
      ("SELECT 'open", "unrecognized token", nil), ("SELECT 1 /* open", nil, nil),
      ("SELECT (", "incomplete input", nil),
    ] as [(String, String?, Int?)])
  func `anything but reading views is refused, with its place`(sql: String, message: String?, offset: Int?) throws {
    guard let message else {
      _ = try connection().prepare(sql)
      return
    }
    let error = #expect(throws: QueryError.self) { try connection().prepare(sql) }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    if let offset { #expect(error?.offset == offset) }
  }

  @Test(arguments: [
    "SELECT * FROM runs", "SELECT count(*) FROM runs;", "VALUES (1, 'two')", "SELECT value FROM json_each('[1, 2]')",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9) SELECT x FROM n",
    "SELECT date(now, '-30 days') FROM current", "SELECT strftime('%s', now) FROM current",
    "SELECT 'a;b?c:d', \"subject\" FROM runs",
    "WITH run AS (SELECT 1 AS x) SELECT x FROM run",
    "SELECT model, version FROM versions v JOIN models m USING (model)",
    "SELECT row_number() OVER (ORDER BY subject), sum(1) FILTER (WHERE line > 1) FROM runs", "SELECT 'utc'",
    "SELECT x'0a'", "SELECT printf('%5.2f %% of 100000', 1.5), format('x')",
  ])
  func `what reads views and gives the same answer every time is run`(sql: String) throws {
    let statement = try connection().prepare(sql)
    while try statement.rows.next() {}
  }

  @Test func `every view can be asked, also only for its number`() throws {
    for view in try QueryConnection(schemaWithin: .query(seconds: 9)).views {
      for sql in ["SELECT * FROM \(view)", "SELECT count(*) FROM \(view)", "SELECT 1 FROM \(view) a, \(view) b"] {
        #expect(throws: Never.self, "\(sql)") { try connection().prepare(sql) }
      }
    }
  }

  @Test func `what does not end is stopped`() throws {
    let statement = try connection(seconds: 1).prepare(
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    let start = ContinuousClock.now
    let error = #expect(throws: QueryError.self) { try statement.rows.next() }
    #expect(error?.kind == .timedOut)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(arguments: [
    "SELECT zeroblob(1000000000)",
    "SELECT replace(hex(zeroblob(500000)), '0', 'aaaa')",
    "WITH RECURSIVE n(x) AS (SELECT 'aa' UNION ALL SELECT x || x FROM n) SELECT max(x) FROM n",
  ])
  func `texts of a gigabyte are refused`(sql: String) throws {
    let error = #expect(throws: QueryError.self) {
      let statement = try connection(seconds: 5).prepare(sql)
      while try statement.rows.next() {}
    }
    #expect(error?.kind == .tooLarge)
  }

  @Test(arguments: ["SELECT date('no' || 'w')", "SELECT strftime('%s', lower('NO') || 'W')", "SELECT \"date\"()"])
  func `no text that a query puts together reads a clock`(sql: String) throws {
    let statement = try connection().prepare(sql)
    #expect(try statement.rows.next() && statement.rows.text(0) == nil)
  }

  @Test func `a function that takes long is over time when it ends`() throws {
    let limits = QueryLimits(seconds: 1, textBytes: 1 << 20, memoryBytes: 1 << 30)
    let statement = try QueryConnection(schemaWithin: limits).prepare(
      "SELECT instr(hex(zeroblob(500000)), hex(zeroblob(100000)) || '1')"
    )
    let error = #expect(throws: QueryError.self) { try statement.rows.next() }
    #expect(error?.kind == .timedOut)
  }

  @Test func `memory that grows without end is stopped`() throws {
    let limits = QueryLimits(seconds: 60, textBytes: 1 << 20, memoryBytes: 64 << 20)
    let statement = try QueryConnection(schemaWithin: limits).prepare(
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT json_group_array(x || hex(zeroblob(500))) FROM n"
    )
    let error = #expect(throws: QueryError.self) { try statement.rows.next() }
    #expect(error?.kind == .tooLarge)
    #expect(error?.message.contains("64 MiB of memory") == true)
  }

  @Test func `a hostile pattern does not hang`() throws {
    let statement = try connection(seconds: 5).prepare(
      "SELECT hex(zeroblob(5000)) LIKE '\(String(repeating: "%0", count: 400))%1'")
    #expect(try statement.rows.next())
    let long = try connection().prepare("SELECT 'a' LIKE '\(String(repeating: "a", count: 2000))'")
    #expect(throws: QueryError.self) { try long.rows.next() }
  }

  @Test func `a place in a text has a line and a column`() {
    let text = SQLText("SELECT\n  'ä', x")
    #expect(text.tokens.map(\.offset) == [0, 9, 13, 15])
    #expect(text.position(of: 15) == (2, 8))
    #expect(text.line(at: 15) == "  'ä', x")
  }
}
