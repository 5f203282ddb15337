import Foundation
import Testing

@testable import ReproAudit

/// What forgers change in a pack, by where the change shows.
extension ForgedEvidenceTests {
  struct Forgery: Sendable, CustomTestStringConvertible {
    let name: String
    /// What has to be said of it.
    let told: String
    let change: @Sendable (inout EvidenceForge, EvidenceSample) throws -> Void

    init(
      _ name: String, _ told: String, _ change: @escaping @Sendable (inout EvidenceForge, EvidenceSample) throws -> Void
    ) {
      self.name = name
      self.told = told
      self.change = change
    }

    var testDescription: String { name }
  }

  static let results: [Forgery] = [
    Forgery("a finding that passes", "missing-checksum|results: ") { forge, _ in
      try forge.sql("DELETE FROM result WHERE outcome = 'fail' AND rule = 'artifact-digest-mismatch'")
    },
    Forgery("a finding that is waived", "the pack says waived, and the rule says fail") { forge, _ in
      try forge.sql("UPDATE result SET outcome = 'waived' WHERE outcome = 'fail' AND rule = 'artifact-digest-mismatch'")
    },
    Forgery("a severity that is lower", "the pack says note, and it is error") { forge, _ in
      try forge.sql("UPDATE result SET severity = 'note' WHERE outcome = 'fail' AND rule = 'artifact-digest-mismatch'")
    },
    Forgery("another message", "its message is not what the rule says") { forge, _ in
      try forge.sql("UPDATE result SET message = 'nothing of weight' WHERE outcome = 'fail' AND rule = 'missing-seed'")
    },
    Forgery("fewer items", "its items are not what the rule says") { forge, _ in
      try forge.sql(
        "UPDATE result SET details = '{\"count\":1,\"items\":[]}' WHERE outcome = 'fail' AND rule = 'unpinned-requirement'"
      )
    },
    Forgery("an added finding", "the pack says fail, and the rule says pass") { forge, _ in
      try forge.sql(
        "INSERT INTO result SELECT 'missing-metrics', subject, 'fail', 'error', 'x', NULL FROM run WHERE run_id = 'a'")
    },
    Forgery(
      "a rule that found nothing at all",
      "results: rule missing-seed: the policy asks it, and the pack has no results of it"
    ) { forge, _ in
      try forge.sql("DELETE FROM result WHERE rule = 'missing-seed'; DELETE FROM rule_run WHERE rule = 'missing-seed'")
    },
    Forgery("a rule that is said to have been stopped", "results: rule missing-seed: the pack says timed-out") {
      forge, _ in
      try forge.sql(
        "UPDATE rule_run SET status = 'timed-out' WHERE rule = 'missing-seed'; DELETE FROM result WHERE rule = 'missing-seed'"
      )
    },
    Forgery("results and reports of a milder scan", "results: ") { forge, sample in
      let milder = try EvidenceForge(sample.milder)
      for index in forge.members.indices
      where forge.members[index].name.hasPrefix("reports/") || forge.members[index].name == "pack.json" {
        forge.members[index] = milder.members.first { $0.name == forge.members[index].name } ?? forge.members[index]
      }
      let place = try sample.write(milder.members.first { $0.name == "audit.db" }?.bytes ?? [])
      defer { try? FileManager.default.removeItem(atPath: place) }
      try forge.sql(
        """
        ATTACH '\(place)' AS milder;
        DELETE FROM result; INSERT INTO result SELECT * FROM milder.result;
        DELETE FROM rule_run; INSERT INTO rule_run SELECT * FROM milder.rule_run;
        """)
    },
  ]

  static let facts: [Forgery] = [
    Forgery("a digest that was read", "facts: file models/m/1.1.0/model.bin: the pack says mismatched|facts: file") {
      forge, _ in
      try forge.sql(
        "UPDATE observation SET sha256 = (SELECT digest FROM claim WHERE file = observation.file) WHERE file IN (SELECT file FROM file_check WHERE verdict = 'mismatched')"
      )
    },
    Forgery("a check", "facts: file models/m/1.1.0/model.bin: the pack says matched") { forge, _ in
      try forge.sql("UPDATE file_check SET verdict = 'matched' WHERE verdict = 'mismatched'")
    },
    Forgery("a check that is gone", "facts: file models/m/1.1.0/model.bin: the pack says nothing") { forge, _ in
      try forge.sql("DELETE FROM file_check WHERE verdict = 'mismatched'")
    },
    Forgery("a claim", "facts: file models/m/1.1.0/model.bin") { forge, _ in
      try forge.sql(
        "UPDATE claim SET digest = (SELECT sha256 FROM observation o WHERE o.file = claim.file) WHERE file IN (SELECT file FROM file_check WHERE verdict = 'mismatched')"
      )
    },
    Forgery("a requirement", "results: unpinned-requirement of run run:a") { forge, _ in
      try forge.sql("UPDATE requirement SET pinned = 1, pin = 'exact' WHERE name = 'numpy'")
    },
    Forgery("the run of a version", "facts: table version") { forge, _ in
      try forge.sql("UPDATE version SET run = NULL")
    },
    Forgery("what an alias reaches", "facts: table reach") { forge, _ in
      try forge.sql("DELETE FROM reach")
    },
    Forgery("a subject", "facts: |results: |audit.db: ") { forge, _ in
      try forge.sql("DELETE FROM subject WHERE name = 'run:a'")
    },
    Forgery("a fact from which no result follows", "facts: the digest of all rows of audit.db") { forge, _ in
      try forge.sql("UPDATE run SET command = 'python train.py --well'")
    },
    Forgery("sizes that no sum holds", "audit.db: what it holds cannot be judged|facts: ") { forge, _ in
      try forge.sql("UPDATE observation SET size = 9223372036854775807")
    },
    Forgery("the file list", "files.jsonl: line ") { forge, _ in
      try forge.replace("files.jsonl", "\"verdict\":\"mismatched\"", "\"verdict\":\"matched\"")
    },
    Forgery("a shorter file list", "files.jsonl: line ") { forge, _ in
      try forge.edit("files.jsonl") { $0 = $0.split(separator: "\n").dropLast().map { $0 + "\n" }.joined() }
    },
    Forgery("the clock", "pack.json: the scan's clock is") { forge, _ in
      try forge.replace("pack.json", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")
    },
    Forgery("the counts of files", "the counts of files are not what facts and results come to") { forge, _ in
      try forge.sql(
        "UPDATE scan SET figures = replace(figures, '\"examined\":', '\"examined\":1') WHERE figures IS NOT NULL")
    },
    Forgery("the ledger's entry", "ledger|results: |reports/") { forge, _ in
      try forge.sql("UPDATE ledger SET entry = replace(entry, '\"error\":', '\"error\":1')")
    },
    Forgery("no ledger", "ledger|results: |reports/") { forge, _ in try forge.sql("DELETE FROM ledger") },
  ]

  static let rules: [Forgery] = [
    Forgery("a built-in rule", "rules: `missing-seed` is not the rule of repro-audit") { forge, _ in
      try forge.replace("rules/randomness/missing-seed.sql", "'fail'", "'pass'")
    },
    Forgery("the header of a rule", "rules: `missing-seed` is not the rule of repro-audit") { forge, _ in
      try forge.replace("rules/randomness/missing-seed.sql", "severity: error", "severity: note")
    },
    Forgery("two rules exchanged", "rules: rules/") { forge, _ in
      let names = ["rules/randomness/missing-seed.sql", "rules/tracking/missing-metrics.sql"]
      let places = names.compactMap { name in forge.members.firstIndex { $0.name == name } }
      (forge.members[places[0]].bytes, forge.members[places[1]].bytes) = (
        forge.members[places[1]].bytes, forge.members[places[0]].bytes
      )
    },
    Forgery("a rule that is gone", "`missing-seed` of repro-audit") { forge, _ in
      try forge.remove("rules/randomness/missing-seed.sql")
    },
    Forgery("a rule too many", "has no rule `always-well`") { forge, _ in
      forge.add("rules/own/always-well.sql", OwnRulesTests.rule("always-well"))
    },
    Forgery("a rule that another version is said to have", "results: missing-seed of ") { forge, _ in
      try forge.replace("rules/randomness/missing-seed.sql", "'fail'", "'pass'")
      try forge.replace("pack.json", "\"0.1.0\"", "\"0.0.9\"")
      try forge.sql("UPDATE scan SET tool = '0.0.9'")
    },
    Forgery("an own rule that writes", "only a SELECT is run") { forge, _ in
      try forge.edit("own-rules/no-lonely-run.sql") { $0 = OwnRulesTests.rule("no-lonely-run", "DELETE FROM result") }
    },
    Forgery("an own rule that reads files", "no such function: readfile") { forge, _ in
      try forge.edit("own-rules/no-lonely-run.sql") {
        $0 = OwnRulesTests.rule(
          "no-lonely-run",
          "SELECT subject_id, 'pass' AS outcome, readfile('/etc/passwd') AS message, NULL AS details FROM runs")
      }
    },
    Forgery("an own rule that passes", "policy: ") { forge, _ in
      try forge.replace("own-rules/no-lonely-run.sql", "'fail'", "'pass'")
      try forge.sql("DELETE FROM result WHERE rule = 'no-lonely-run'")
    },
  ]

  static let policy: [Forgery] = [
    Forgery("a severity of the policy", "policy: policy/policy.yaml is not the one that audit.db holds") { forge, _ in
      try forge.replace("policy/policy.yaml", "  missing-seed: error", "  missing-seed: note")
    },
    Forgery("a limit of the policy, in the database too", "policy: policy/policy.yaml has not the digest") { forge, _ in
      try forge.replace("policy/policy.yaml", "min: 0.5", "min: 0.1")
      try forge.sql("UPDATE policy_text SET text = replace(text, 'min: 0.5', 'min: 0.1')")
    },
    Forgery("a limit that rules see", "facts: table threshold") { forge, _ in
      try forge.sql("UPDATE threshold SET minimum = 0.1")
    },
    Forgery("a parameter that rules see", "facts: table parameter") { forge, _ in
      try forge.sql("UPDATE parameter SET value = '999d' WHERE rule = 'overdue-verification'")
    },
    Forgery("a policy that leads out", "an effective policy extends nothing") { forge, _ in
      try forge.edit("policy/policy.yaml") { $0 += "extends: /etc/hostname\n" }
    },
    Forgery(
      "a waiver that is gone from its file", "policy: waivers.yaml lacks the waiver `waiver:missing-platform:run:a`"
    ) { forge, _ in
      try forge.edit("policy/waivers-1.yaml") { $0 = $0.split(separator: "\n").dropLast().map { $0 + "\n" }.joined() }
    },
    Forgery(
      "a waiver that is gone from the database",
      "policy: the policy has the waiver `waiver:missing-platform:run:a`, which rules did not see"
    ) { forge, _ in
      try forge.sql(
        "DELETE FROM waiver WHERE rule = 'missing-platform'; DELETE FROM subject WHERE name LIKE 'waiver:missing-platform%'"
      )
    },
    Forgery("a waiver that lasts longer", "says something else than rules saw of it") { forge, _ in
      try forge.sql("UPDATE waiver SET expires = '2026-12-31', ends = '2026-12-31'")
    },
    Forgery("a reason", "what decided about the audit|reports/") { forge, _ in
      try forge.replace("policy/waivers-1.yaml", "inherited", "approved by the board")
    },
    Forgery("a baseline that knows more", "results: |reports/") { forge, _ in
      try forge.edit("policy/baseline.jsonl") {
        let lines = $0.split(separator: "\n").map(String.init)
        $0 =
          (lines.dropLast() + ["{\"rule\":\"missing-checksum\",\"kind\":\"run\",\"subject\":\"run:a\"}"]
          + lines.suffix(1))
          .map { $0 + "\n" }.joined()
      }
    },
    Forgery("the schema of run records", "policy: ") { forge, _ in
      try forge.replace("policy/run-schema", "owner", "run_id")
    },
    Forgery("a threshold of failure", "reports/report.json: line ") { forge, _ in
      try forge.replace("pack.json", "\"failOn\" : \"error\"", "\"failOn\" : \"warning\"")
      try forge.replace("reports/report.json", "\"fail\": ", "\"fail\": 0")
    },
  ]

  static let reports: [Forgery] = [
    Forgery("the JSON report", "reports/report.json: line ") { forge, _ in
      try forge.replace("reports/report.json", "\"outcome\": \"fail\"", "\"outcome\": \"pass\"")
    },
    Forgery("the HTML report", "reports/report.html: line ") { forge, _ in
      try forge.replace("reports/report.html", "artifact-digest-mismatch", "missing-model-card")
    },
    Forgery("the JUnit report", "reports/junit.xml: line ") { forge, _ in
      try forge.replace("reports/junit.xml", "<failure", "<system-out")
    },
    Forgery("the SARIF report", "reports/report.sarif: line ") { forge, _ in
      try forge.replace("reports/report.sarif", "\"error\"", "\"note\"")
    },
    Forgery("a report that ends early", "reports/report.md: line ") { forge, _ in
      try forge.edit("reports/report.md") { $0 = String($0.prefix(200)) }
    },
    Forgery("a report that goes on", "reports/findings.csv: line ") { forge, _ in
      try forge.edit("reports/findings.csv") { $0 += "more\r\n" }
    },
    Forgery("no JSON report", "a pack has the JSON report") { forge, _ in
      try forge.remove("reports/report.json")
      try forge.edit("pack.json") {
        $0 = $0.replacing(
          #/    \{\n      "format" : "json",\n      "member" : "reports/report.json"\n    \},\n/#, with: "")
      }
    },
    Forgery("settings that no scan has", "the settings are none of a scan") { forge, _ in
      try forge.replace("pack.json", "\"failOn\" : \"error\"", "\"failOn\" : \"sometimes\"")
    },
  ]

  static let database: [Forgery] = [
    Forgery("a view that hides", "audit.db: its schema has another view runs") { forge, _ in
      try forge.sql("DROP VIEW runs; CREATE VIEW runs AS SELECT * FROM run WHERE 0")
    },
    Forgery("a table too many", "audit.db: its schema has the table notes") { forge, _ in
      try forge.sql("CREATE TABLE notes (text TEXT)")
    },
    Forgery("a trigger", "audit.db: its schema has the trigger") { forge, _ in
      try forge.sql("CREATE TRIGGER t AFTER INSERT ON result BEGIN DELETE FROM subject; END")
    },
    Forgery("text where numbers stand", "in `size` that is no integer") { forge, _ in
      try forge.sql("UPDATE observation SET size = 'many'")
    },
    Forgery("NULL where it may not be", "audit.db: ") { forge, _ in
      try forge.sql(
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'now TEXT NOT NULL', 'now TEXT') WHERE name = 'scan';
        PRAGMA writable_schema = RESET; UPDATE scan SET now = NULL;
        """)
    },
    Forgery("another program's database", "audit.db: it is a database of another program") { forge, _ in
      try forge.sql("PRAGMA application_id = 1")
    },
    Forgery("a damaged database", "audit.db: ") { forge, _ in
      let index = forge.members.firstIndex { $0.name == "audit.db" } ?? 0
      for place in stride(from: 5000, to: forge.members[index].bytes.count, by: 997) {
        forge.members[index].bytes[place] ^= 0x55
      }
    },
    Forgery("no database", "audit.db: ") { forge, _ in
      let index = forge.members.firstIndex { $0.name == "audit.db" } ?? 0
      forge.members[index].bytes = []
    },
    Forgery("a scan of a part", "its scan did not end, or judged a part only") { forge, _ in
      try forge.sql("UPDATE scan SET selection = 'm@1.0.0'")
    },
    Forgery("no scan", "audit.db: it holds no scan") { forge, _ in try forge.sql("DELETE FROM scan") },
  ]

  static let archive: [Forgery] = [
    Forgery("digests that are left as they were", "and MANIFEST says sha256:") { forge, _ in
      try forge.replace("files.jsonl", "mismatched", "matched")
      forge.writesManifest = false
    },
    Forgery("appended data", "something was added behind the end of the archive") { forge, _ in
      forge.appendix = Array("more".utf8)
    },
    Forgery("appended blocks", "something was added behind the end of the archive") { forge, _ in
      forge.appendix = [UInt8](repeating: 0, count: 10_240)
    },
    Forgery("a hidden member", "something was added behind the end of the archive") { forge, _ in
      forge.appendix = TarHeader(name: "hidden", size: 0).bytes
    },
    Forgery("a manifest that is not the first", "MANIFEST is not its first member") { forge, _ in
      forge.members.swapAt(0, 1)
    },
    Forgery("members in another order", "its members are not in order") { forge, _ in forge.members.swapAt(2, 3) },
    Forgery("a member that is there twice", "`files.jsonl` is there twice") { forge, _ in
      forge.add("files.jsonl", "{}\n")
    },
    Forgery("a member that is gone", "files.jsonl: it is missing") { forge, _ in try forge.remove("files.jsonl") },
    Forgery("a member that no pack has", "notes.txt: it is none of the members that a pack has") { forge, _ in
      forge.add("notes.txt", "all is well\n")
    },
    Forgery("a member that leads out", "../../escape: it is none of the members") { forge, _ in
      forge.add("../../escape", "x")
    },
    Forgery("an absolute member", "/tmp/escape: it is none of the members") { forge, _ in forge.add("/tmp/escape", "x")
    },
    Forgery("a member with a name of control characters", "it is none of the members") { forge, _ in
      forge.add("z\u{1B}[2J\u{202E}name", "x")
    },
    Forgery("a statement with more to say", "pack.json: it is missing, or not as repro-audit writes one") { forge, _ in
      try forge.edit("pack.json") {
        $0 = $0.replacing("{\n  \"baseline\"", with: "{\n  \"approved\" : true,\n  \"baseline\"")
      }
    },
    Forgery("no statement", "pack.json: it is missing") { forge, _ in try forge.remove("pack.json") },
    Forgery("a manifest out of order", "MANIFEST: it is not as repro-audit writes one") { forge, _ in
      forge.writesManifest = false
      try forge.edit("MANIFEST") {
        let lines = $0.split(separator: "\n")
        $0 = ([lines[0]] + lines.dropFirst().reversed()).map { $0 + "\n" }.joined()
      }
    },
  ]
}
