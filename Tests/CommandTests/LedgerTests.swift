import Foundation
import Hashing
import Testing

/// The ledger of complete scans: what it says, and that it tells when somebody touched it.
@Suite struct LedgerTests {
  /// A store that was scanned on three days, with a ledger file and anchors.
  private func scanned(_ arguments: [String] = [], days: Int = 3) throws -> Store {
    let store = try Store()
    try store.addHealthyVersion()
    for day in 1...days {
      if day > 1 { try store.addHealthyVersion("1.\(day).0") }
      let run = try scan(store, day, arguments)
      #expect(run.errors.contains("ledger: entry \(day), sha256:"), "\(run.errors)")
    }
    return store
  }

  private func scan(_ store: Store, _ day: Int, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(
      [
        "scan", store.root.path, "--db", store.beside("audit.db"), "--ledger", store.beside("ledger.jsonl"), "--anchor",
        store.beside("anchors.jsonl"), "--now", "2026-03-0\(day)T00:00:00Z",
      ] + arguments)
  }

  private func verify(_ arguments: [String]) throws -> Binary.Run { try Binary.run(["ledger", "verify"] + arguments) }

  private func lines(_ store: Store, _ name: String = "ledger.jsonl") throws -> [String] {
    try String(contentsOfFile: store.beside(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func write(_ lines: [String], to store: Store, _ name: String = "ledger.jsonl") throws {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: store.beside(name)))
  }

  private func sql(_ statement: String, in store: Store) throws {
    try Store.shell("sqlite3 \"$1\" \"\(statement)\"", store.beside("audit.db"))
  }

  /// Makes a key pair; returns the paths of the private and the public key.
  private func keys(_ store: Store, _ algorithm: String, _ name: String = "key") throws -> (
    sign: String, verify: String
  ) {
    let (sign, verify) = (store.beside(name), store.beside(name + ".pub"))
    let how = algorithm == "P-256" ? "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" : "-algorithm ed25519"
    try Store.shell(
      "openssl genpkey \(how) -out '\(sign)' 2>/dev/null && openssl pkey -in '\(sign)' -pubout -out '\(verify)'", "")
    return (sign, verify)
  }

  @Test func `a line that a full disk cut off is written again, and is no edit`() throws {
    let store = try scanned(days: 2)
    let whole = try lines(store)
    let torn = whole.joined(separator: "\n").dropLast(40)
    try torn.write(toFile: store.beside("ledger.jsonl"), atomically: true, encoding: .utf8)
    #expect(try scan(store, 3).status != 3)
    #expect(try lines(store).prefix(2) == whole[...] && lines(store).count == 3)
    #expect(try verify(["--db", store.beside("audit.db")]).status == 0)
  }

  @Test func `each complete scan is an entry, chained, and its digest stands in every report`() throws {
    let store = try scanned()
    let lines = try lines(store)
    var previous: String?
    for (index, line) in lines.enumerated() {
      let entry = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(entry["number"] as? Int == index + 1 && entry["previous"] as? String == previous)
      #expect(entry["schema"] as? String == "repro-audit/ledger/1")
      previous = entry["digest"] as? String
      // Anybody can compute it: the line without digest, in the same spelling.
      let bare = line.replacing("\"digest\":\"\(previous ?? "")\",", with: "")
      #expect(previous == "sha256:" + BytesDigest.sha256(bare))
    }
    #expect(lines.count == 3)
    let head = try #require(previous)
    // The last complete scan again, in every format.
    let names = ["r.json", "r.html", "r.md", "r.xml", "r.sarif"]
    let run = try Binary.run(
      ["report", "--db", store.beside("audit.db"), "-q"]
        + zip(["--json", "--html", "--markdown", "--junit", "--sarif"], names).flatMap { [$0, store.beside($1)] })
    #expect(run.status < 3)
    for name in names {
      #expect(try String(contentsOfFile: store.beside(name), encoding: .utf8).contains(head), "\(name)")
    }
    let list = try Binary.run(["ledger", "show", "--db", store.beside("audit.db")])
    #expect(list.output.split(separator: "\n").count == 4 && list.output.contains(head))
    let raw = try Binary.run(["ledger", "show", "--json", store.beside("ledger.jsonl")])
    #expect(raw.output == lines.map { $0 + "\n" }.joined())
    #expect(try self.lines(store, "anchors.jsonl").count == 3)
  }

  @Test func `the scan's own report and the one made again are the same`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    _ = try scan(store, 1, ["--json", store.beside("a.json"), "--html", store.beside("a.html")])
    _ = try Binary.run([
      "report", "--db", store.beside("audit.db"), "--json", store.beside("b.json"), "--html", store.beside("b.html"),
    ])
    for kind in ["json", "html"] {
      let texts = try ["a", "b"].map { try String(contentsOfFile: store.beside("\($0).\(kind)"), encoding: .utf8) }
      #expect(texts[0] == texts[1])
    }
  }

  @Test func `partial scans are not entered, and an untouched ledger is whole`() throws {
    let store = try scanned()
    let part = try scan(store, 4, ["--subject", "m@1.0.0"])
    #expect(!part.errors.contains("ledger:") && part.errors.contains("not entered"), "\(part.errors)")
    #expect(try lines(store).count == 3 && lines(store, "anchors.jsonl").count == 3)
    let database = store.beside("audit.db")
    for arguments in [
      ["--db", database], [store.beside("ledger.jsonl")], ["--db", database, store.beside("ledger.jsonl")],
      ["--db", database, "--anchor", store.beside("anchors.jsonl")],
    ] {
      let run = try verify(arguments)
      #expect(run.status == 0 && run.output.contains("3 entries"), "\(arguments): \(run.output)\(run.errors)")
    }
    // The next complete scan goes on.
    #expect(try scan(store, 5).errors.contains("ledger: entry 4"))
  }

  /// What somebody might do to the file.
  enum Tampering: String, CaseIterable {
    case edited, reordered, middle = "without the middle", first = "without the first", last = "without the last"
    case doubled, spaced = "written otherwise", garbage, cut = "cut off in a line"

    func apply(_ lines: [String]) -> [String] {
      switch self {
      case .edited: [lines[0], lines[1].replacing("\"lost\":0", with: "\"lost\":7"), lines[2]]
      case .reordered: [lines[0], lines[2], lines[1]]
      case .middle: [lines[0], lines[2]]
      case .first: [lines[1], lines[2]]
      case .last: [lines[0], lines[1]]
      case .doubled: [lines[0], lines[1], lines[1], lines[2]]
      case .spaced: [lines[0], lines[1].replacing(",", with: ", "), lines[2]]
      case .garbage: [lines[0], "{\"a\": [", lines[2]]
      case .cut: [lines[0], lines[1], String(lines[2].dropLast(20))]
      }
    }

    var entry: Int { self == .first ? 1 : self == .last || self == .doubled || self == .cut ? 3 : 2 }
  }

  @Test(arguments: Tampering.allCases)
  func `a ledger that was tampered with is found out, with the entry`(_ tampering: Tampering) throws {
    let store = try scanned()
    try write(tampering.apply(try lines(store)), to: store)
    let file = store.beside("ledger.jsonl")
    let alone = try verify([file])
    // Only what was written down elsewhere tells that the end is missing.
    #expect(alone.status == (tampering == .last ? 0 : 3), "\(alone.output)")
    for arguments in [[file, "--anchor", store.beside("anchors.jsonl")], [file, "--db", store.beside("audit.db")]] {
      let run = try verify(arguments)
      #expect(run.status == 3 && run.output.contains("entry \(tampering.entry)"), "\(run.output)\(run.errors)")
    }
    // The next scan says so, and adds nothing.
    let before = try lines(store)
    let next = try scan(store, 4, ["--json", store.beside("r.json")])
    if tampering == .last {
      // What is missing at the end is added again.
      #expect(try next.status < 3 && lines(store).count == 4)
    } else {
      #expect(next.status == 3 && next.output.contains("entry"), "\(next.output)")
      #expect(try lines(store) == before)
      #expect(try String(contentsOfFile: store.beside("r.json"), encoding: .utf8).contains("\"exit_code\": 3"))
    }
  }

  @Test(arguments: [
    "DELETE FROM ledger WHERE number = 3", "DELETE FROM ledger", "DELETE FROM ledger WHERE number = 1",
    "UPDATE ledger SET entry = replace(entry, '2026-03-02', '2026-03-09') WHERE number = 2",
    "UPDATE scan SET now = '2026-02-02T00:00:00Z' WHERE id = 2", "DELETE FROM scan WHERE id = 2",
    "UPDATE scan SET digest = 'abcdefabcdef' WHERE id = 1",
    "UPDATE history_result SET outcome = 'waived' WHERE outcome = 'fail'",
  ])
  func `a database that was tampered with is found out`(statement: String) throws {
    let store = try scanned()
    try sql(statement, in: store)
    let run = try verify(["--db", store.beside("audit.db")])
    #expect(run.status == 3 && run.output.contains("entry"), "\(run.output)\(run.errors)")
  }

  @Test func `a ledger that was written anew in all its parts is found by an anchor, and by a signature`() throws {
    let store = try scanned()
    // Another history, well formed from its first entry to its last.
    let other = try Store()
    try other.addHealthyVersion("2.0.0")
    for day in 1...3 { _ = try scan(other, day) }
    let file = other.beside("ledger.jsonl")
    #expect(try verify([file]).status == 0)
    let run = try verify([file, "--anchor", store.beside("anchors.jsonl")])
    #expect(run.status == 3 && run.output.contains("entry 1") && run.output.contains("anchored"), "\(run.output)")
    let unsigned = try verify([file, "--key", try keys(store, "Ed25519").verify])
    #expect(unsigned.status == 3 && unsigned.output.contains("not signed"), "\(unsigned.output)")
  }

  @Test(arguments: ["Ed25519", "P-256"])
  func `signatures hold with their key, and with no other`(algorithm: String) throws {
    let maker = try Store()
    let mine = try keys(maker, algorithm)
    let store = try scanned(["--sign-key", mine.sign])
    let file = store.beside("ledger.jsonl")
    let good = try verify([file, "--key", mine.verify])
    #expect(good.status == 0, "\(good.output)")
    for wrong in [
      try keys(store, algorithm, "other"), try keys(store, algorithm == "P-256" ? "Ed25519" : "P-256", "odd"),
    ] {
      let run = try verify([file, "--key", wrong.verify])
      #expect(run.status == 3 && run.output.contains("entry 1: its signature"), "\(run.output)")
    }
    // Whoever takes a signature off, or puts it elsewhere, is seen.
    let lines = try lines(store)
    let signature = try #require(lines[2].firstMatch(of: /,"signature":\{[^}]*\}/)).output
    try write([lines[0], lines[1], lines[2].replacing(signature, with: "")], to: store)
    let stripped = try verify([file, "--key", mine.verify])
    #expect(stripped.status == 3 && stripped.output.contains("entry 3: it is not signed"), "\(stripped.output)")
    let foreign = try #require(lines[1].firstMatch(of: /,"signature":\{[^}]*\}/)).output
    try write([lines[0], lines[1], lines[2].replacing(signature, with: foreign)], to: store)
    #expect(try verify([file, "--key", mine.verify]).status == 3)
  }

  @Test func `what cannot be used is said before anything is scanned`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let pair = try keys(store, "Ed25519")
    try Store.shell("openssl pkey -in \"$1\" -aes256 -passout pass:x -out \"$1.secret\"", pair.sign)
    for (path, word) in [
      (pair.verify, "public key"), (pair.sign + ".secret", "passphrase"), (store.beside("none"), "no such file"),
      (store.root.appending(path: "models/m/1.0.0/model.bin").path, "no private key"),
    ] {
      let run = try scan(store, 1, ["--sign-key", path])
      #expect(run.status == 64 && run.errors.contains(word), "\(run.errors)")
    }
    let alone = try Binary.run(["scan", store.root.path, "--ledger", store.beside("l.jsonl")])
    #expect(alone.status == 64 && alone.errors.contains("--db"), "\(alone.errors)")
    let nothing = try verify([store.beside("nothing.jsonl")])
    #expect(nothing.status == 64 && nothing.errors.contains("no such file"), "\(nothing.errors)")
    try Data().write(to: URL(filePath: store.beside("empty.jsonl")))
    #expect(try verify([store.beside("empty.jsonl")]).status == 2)
    #expect(try verify([]).status == 64)
    // An anchor that is none.
    _ = try scan(store, 1)
    let odd = try verify(["--db", store.beside("audit.db"), "--anchor", store.beside("ledger.jsonl")])
    #expect(odd.status == 64 && odd.errors.contains("ledger.jsonl:1"), "\(odd.errors)")
  }

  @Test func `a new database does not go on in an old ledger`() throws {
    let store = try scanned()
    try FileManager.default.removeItem(atPath: store.beside("audit.db"))
    let before = try lines(store)
    let run = try scan(store, 4)
    #expect(run.status == 3 && run.output.contains("ledger"), "\(run.output)")
    #expect(try lines(store) == before)
  }
}
