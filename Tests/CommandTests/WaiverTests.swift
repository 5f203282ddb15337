import Foundation
import Testing

@Suite struct WaiverTests {
  /// A waiver as a policy holds it, with some of its lines exchanged.
  private static func waiver(_ changes: [String: String?] = [:]) -> String {
    let fields: [(String, String)] = [
      ("rule", "missing-seed"), ("subject", "'run:*'"), ("reason", "inherited from the old team"), ("owner", "ada"),
      ("approved_by", "grace"), ("created", "2026-02-01"), ("expires", "2026-06-30"),
    ]
    let known = Set(fields.map(\.0))
    let added = changes.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.compactMap { key, value in
      value.map { (key, $0) }
    }
    let lines = fields.compactMap { key, value in (changes[key] ?? value).map { (key, $0) } } + added
    return lines.enumerated().map { "\($0.offset == 0 ? "  - " : "    ")\($0.element.0): \($0.element.1)\n" }.joined()
  }

  /// A run without seed and with three requirements that float.
  private static func store() throws -> Store {
    let store = try Store()
    try store.write("runs/a/run.json", "{\"run_id\": \"a\", \"requirements\": \"requirements.txt\"}")
    try store.write("runs/a/requirements.txt", "numpy\npandas>=2\ntorch[cuda]>=2\n")
    return store
  }

  private static let rules = ["--rule", "missing-seed", "--rule", "unpinned-requirement"]

  @Test func `a waived finding fails nothing, and every report says who accepts it until when and why`() throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "waivers:\n" + Self.waiver())
    let reports = ["html", "markdown", "junit"].map { ($0, store.beside($0)) }
    let scan = try store.scan(["--rule", "missing-seed"] + reports.flatMap { ["--\($0.0)", $0.1] })
    #expect(scan.run.status == 0, "\(scan.run.output)")
    let result = try #require(scan.result("missing-seed", "run:a"))
    #expect(result.outcome == "waived")
    let accepted = try #require(result.accepted?.first)
    #expect(accepted.form == "waiver" && accepted.reason == "inherited from the old team" && accepted.owner == "ada")
    #expect(accepted.approvedBy == "grace" && accepted.ends == "2026-06-30" && accepted.details == 1)
    #expect(scan.run.output.contains("until 2026-06-30  1 finding (1 item)  missing-seed  ada: inherited from"))
    for (name, path) in reports {
      let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      for words in ["waived until 2026-06-30 (owner ada, approved by grace)", "inherited from the old team"] {
        #expect(text.contains(words), "\(name)")
      }
    }
  }

  @Test func `a waiver of one item leaves the others to fail`() throws {
    let store = try Self.store()
    // Brackets mean themselves where the whole pattern is the item.
    try store.write(
      "repro-audit.yaml",
      "waivers:\n" + Self.waiver(["rule": "unpinned-requirement", "items": "['torch[cuda]>=2', 'panda*']"]))
    let scan = try store.scan(["--rule", "unpinned-requirement"])
    let result = try #require(scan.result("unpinned-requirement", "run:a"))
    #expect(scan.run.status == 1)
    #expect(result.outcome == "fail")
    #expect(result.message == "3 requirements are not pinned; of 3 items 2 waived")
    #expect(result.details.map(\.item) == ["numpy"])
    #expect(result.detailCount == 1)
    #expect(result.accepted?.map(\.details) == [2])
  }

  @Test func `what is undecided can be waived or attested, what fails cannot be attested`() throws {
    let store = try Self.store()
    try store.write(
      "runs/b/run.json", "{\"run_id\": \"b\", \"git_commit\": \"0123456789abcdef0123456789abcdef01234567\"}")
    let attest = { (rule: String) in
      "  - {rule: \(rule), subject: 'run:*', statement: checked by hand, attested_by: ada, updated: 2026-02-01, frequency: 90d}\n"
    }
    try store.write("repro-audit.yaml", "attestations:\n" + attest("unresolvable-commit") + attest("missing-commit"))
    let scan = try store.scan(["--rule", "unresolvable-commit", "--rule", "missing-commit"])
    #expect(scan.result("unresolvable-commit", "run:b")?.outcome == "waived")
    #expect(scan.result("unresolvable-commit", "run:b")?.accepted?.first?.form == "attestation")
    #expect(scan.result("unresolvable-commit", "run:b")?.accepted?.first?.ends == "2026-05-02")
    #expect(scan.result("missing-commit", "run:a")?.outcome == "fail")
  }

  @Test(arguments: [
    ("2026-06-30T23:59:59Z", "waived"), ("2026-07-01T00:00:00Z", "fail"), ("2026-02-01T00:00:00Z", "waived"),
    ("2026-01-31T23:59:59Z", "fail"),
  ])
  func `it holds from its first day to the end of its last`(now: String, outcome: String) throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "waivers:\n" + Self.waiver())
    let scan = try store.scan(["--rule", "missing-seed", "--now", now])
    #expect(scan.result("missing-seed", "run:a")?.outcome == outcome)
  }

  @Test func `waivers lie in the policy, beside it and in files that it names, and the digests cover them`() throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "waivers:\n  - more/w.yaml\n" + Self.waiver())
    try store.write("more/w.yaml", "waivers:\n" + Self.waiver(["rule": "unpinned-requirement"]))
    let digest = try store.write("waivers.yaml", "waivers:\n" + Self.waiver(["rule": "missing-config"]))
    let scan = try store.scan(Self.rules + ["--rule", "missing-config"])
    #expect(scan.findings == [])
    #expect(scan.report?.policy.waiverFiles.map(\.path) == ["more/w.yaml", "waivers.yaml"])
    #expect(scan.report?.policy.waiverFiles.last?.digest == "sha256:\(digest)")
    try store.write("waivers.yaml", "waivers:\n" + Self.waiver(["rule": "missing-config", "owner": "eve"]))
    #expect(try store.scan(Self.rules).report?.policy.digest != scan.report?.policy.digest)
  }

  @Test func `a waiver that is bound to bytes does not cover others`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let digest = try store.write("models/m/1.0.0/model.bin", "other weights")
    let policy = { (digest: String) in
      "waivers:\n" + Self.waiver(["rule": "artifact-digest-mismatch", "subject": "'**'", "digest": "'\(digest)'"])
    }
    try store.write("repro-audit.yaml", policy("sha256:\(digest)"))
    let rules = ["--rule", "artifact-digest-mismatch", "--rule", "voided-waiver"]
    let bound = try store.scan(rules)
    #expect(bound.run.status == 0, "\(bound.run.output)")
    #expect(bound.results("waived").count == 2)
    try store.write("models/m/1.0.0/model.bin", "yet others")
    let changed = try store.scan(rules)
    #expect(changed.run.status == 3)
    #expect(changed.results("fail").map(\.rule).contains("voided-waiver"))
  }

  @Test func `a pointer that names the bytes of a waiver is not those bytes`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let digest = String(repeating: "34", count: 32)
    try store.write(
      "models/m/1.0.0/model.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest)\nsize 7\n")
    try store.write(
      "repro-audit.yaml",
      "waivers:\n"
        + Self.waiver(["rule": "artifact-digest-mismatch", "subject": "'**'", "digest": "'sha256:\(digest)'"]))
    let scan = try store.scan(["--rule", "artifact-digest-mismatch", "--rule", "voided-waiver"])
    #expect(scan.results("waived").isEmpty, "\(scan.run.output)")
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "fail")
  }

  @Test(
    arguments: [
      (["rule": "mising-seed"], "unknown rule `mising-seed`; did you mean `missing-seed`?"),
      (["rule": "expired-waiver"], "repro-audit.yaml:2: `expired-waiver` judges waivers and cannot be waived"),
      (["owner": nil, "expires": nil], "repro-audit.yaml:2: a waiver lacks `owner`, `expires`"),
      (["reason": "'  '"], "repro-audit.yaml:4: `reason` is empty; fill it in"),
      (["reason": "[a]"], "repro-audit.yaml:4: `reason` must be a text"),
      (["expires": "2026-02-30"], "repro-audit.yaml:8: `expires` takes a day such as 2026-06-30, not `2026-02-30`"),
      (["expires": "soon"], "not `soon`"), (["created": "2026-2-1"], "not `2026-2-1`"),
      (["created": "2026-07-01"], "the waiver expires on 2026-06-30, before it was created on 2026-07-01"),
      (["until": "2026-06-30"], "repro-audit.yaml:9: unknown key of a waiver `until`"),
      (["items": "[]"], "`items` names at least one flagged item"), (["digest": "abc"], "not `abc`"),
      (["item": "a", "items": "[b]"], "`item` or `items`, not both"),
    ] as [([String: String?], String)])
  func `a mistake stops the scan and names its place`(changes: [String: String?], message: String) throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "waivers:\n" + Self.waiver(changes))
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test(arguments: [
    ("", "waivers.yaml:1: the file holds no `waivers`"), ("# later\n", "the file holds no `waivers`"),
    ("waivers: [\n", "waivers.yaml:2: "), ("- a\n", "waivers.yaml:1: a waiver file must be a map"),
    ("waiver:\n  - a\n", "waivers.yaml:1: unknown key of a waiver file `waiver`; did you mean `waivers`?"),
    ("waivers:\n  - other.yaml\n", "waivers.yaml:2: a waiver is a map"), ("waivers: none\n", "must be a list"),
    ("waivers:\n" + waiver() + waiver(), "waivers.yaml:9: the waiver covers the same as the one at waivers.yaml:2"),
    ("attestations:\n  - {rule: missing-seed}\n", "an attestation lacks `subject`, `statement`"),
    (
      "attestations:\n  - {rule: missing-seed, subject: a, statement: b, attested_by: c, updated: 2026-01-01, frequency: often}\n",
      "unknown frequency `often`"
    ),
    ("\u{0}\u{1}", "waivers.yaml:"), ("waivers: &a [*a]\n", "waivers.yaml:"),
  ])
  func `a waiver file never silently does nothing`(text: String, message: String) throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "rules: {}\n")
    try store.write("waivers.yaml", text)
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
  }

  @Test func `of two lost files, the one that is waived is not counted as lost`() throws {
    let store = try Store()
    let digest = String(repeating: "0123456789abcdef", count: 4)
    for file in ["model.bin", "plot.png"] { try store.write("models/m/1.0.0/\(file)", file) }
    try store.write("models/m/1.0.0/checksum.txt", "\(digest)  model.bin\n\(String(digest.reversed()))  plot.png\n")
    let waiver = Self.waiver([
      "rule": "artifact-digest-mismatch", "subject": "'m@1.0.0'", "items": "['**/plot.png']",
    ])
    #expect(try store.scan().run.output.contains("2 published files are missing or not what was published"))
    try store.write("repro-audit.yaml", "waivers:\n" + waiver)
    let scan = try store.scan()
    #expect(scan.run.status == 3)
    #expect(scan.run.output.contains("models/m/1.0.0/model.bin is published and is not"), "\(scan.run.output)")
  }

  @Test func `a waiver file by the other usual ending is not passed over`() throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "name: ours\n")
    try store.write("waivers.yml", "waivers:\n" + Self.waiver())
    let scan = try store.scan()
    #expect(scan.run.status == 64 && scan.run.errors.contains("waivers.yml: the waiver file beside a policy is called"))
    try store.write("repro-audit.yaml", "waivers: [waivers.yml]\n")
    #expect(try store.scan().report?.policy.waiverFiles.map(\.path) == ["waivers.yml"])
    // Also beside one by the right name: whoever wrote it believes that it holds.
    try store.write("repro-audit.yaml", "name: ours\n")
    try store.write("waivers.yaml", "waivers:\n" + Self.waiver())
    let both = try store.scan()
    #expect(both.run.status == 64 && both.run.errors.contains("waivers.yml: the waiver file beside a policy is called"))
  }

  @Test func `a waiver file that is not there, not readable or without its policy is said`() throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "waivers: [w.yaml]\n")
    #expect(try store.scan().run.errors.contains("repro-audit.yaml:1: the waiver file `w.yaml` cannot be read"))
    try store.write("repro-audit.yaml", "rules: {}\n")
    try store.shell("mkdir \"$1/waivers.yaml\"")
    #expect(try store.scan().run.status == 64)
    try store.shell("rmdir \"$1/waivers.yaml\"; rm \"$1/repro-audit.yaml\"")
    try store.write("waivers.yaml", "waivers:\n" + Self.waiver())
    let scan = try store.scan(Self.rules)
    #expect(scan.result("missing-seed", "run:a")?.outcome == "fail")
    #expect(scan.run.errors.contains("waivers.yaml is not read: no policy lies beside it"), "\(scan.run.errors)")
    #expect(scan.report?.notices.count == 1)
  }
}
