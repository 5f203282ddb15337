import Foundation
import Testing

@Suite struct ScanTests {
  @Test func `the sample registry is compliant`() throws {
    let run = try Binary.run(["scan", Binary.root.appending(path: "Fixtures/fraud-registry").path])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.hasPrefix("compliant: "))
    #expect(run.errors == "")
  }

  @Test func `the same input gives the same bytes, whatever the number of jobs`() throws {
    let store = try Store()
    for version in 0..<7 { try store.addHealthyVersion("1.\(version).0") }
    for number in 0..<200 { try store.write("runs/r\(number)/run.yaml", "run_id: r\(number)\nseeds: {a: \(number)}\n") }
    let reports = try ["1", "2", "7"].map { jobs in
      let path = store.beside("r\(jobs).json")
      _ = try Binary.run(["scan", store.root.path, "--json", path, "--now", "2026-03-01T00:00:00Z", "--jobs", jobs])
      return try Data(contentsOf: URL(filePath: path))
    }
    #expect(reports[0] == reports[1] && reports[1] == reports[2])
  }

  @Test func `a flipped byte in a published model exits 3`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.1")
    let scan = try store.scan()
    #expect(scan.run.status == 3)
    #expect(scan.report?.scan.verdict == "integrity lost")
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "fail")
    #expect(scan.result("artifact-digest-mismatch", "run:m-1.0.0")?.outcome == "fail")
  }

  @Test func `two models that carry each other's bytes are swapped, and a moved file is found`() throws {
    let store = try Store()
    try store.addHealthyVersion("1.0.0")
    try store.addHealthyVersion("1.1.0")
    try store.addHealthyVersion("1.2.0")
    try store.shell(
      """
      cd "$1/models/m"; mv 1.0.0/model.bin x; mv 1.1.0/model.bin 1.0.0/model.bin; mv x 1.1.0/model.bin
      mkdir 1.2.0/sub; mv 1.2.0/model.bin 1.2.0/sub/model.bin
      """)
    let scan = try store.scan()
    #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.message.contains("swapped") == true)
    let moved = scan.result("missing-artifact", "m@1.2.0")
    #expect(
      moved?.details.first?.message.contains("models/m/1.2.0/sub/model.bin") == true, "\(String(describing: moved))")
  }

  @Test func `aliases reach what they point at`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    try store.write("models/m/staging", "1.0.0\n")
    let scan = try store.scan()
    #expect(scan.result("missing-seed", "run:m-1.0.0")?.reaches == ["m@prod", "m@staging"])
    #expect(scan.result("dangling-alias", "m@staging")?.outcome == "pass")
  }

  @Test func `object storage is unverified and exits 2, unless the policy puts it out of scope`() throws {
    let store = try Store()
    let record =
      "{\"run_id\": \"a\", \"artifacts\": [{\"uri\": \"s3://bucket/model.bin\", \"sha256\": \"\(String(repeating: "ab", count: 32))\"}]}"
    try store.write("runs/a/run.json", record)
    let rules = ["--rule", "missing-artifact", "--rule", "artifact-digest-mismatch"]
    let open = try store.scan(rules)
    #expect(open.run.status == 2)
    #expect(open.result("artifact-digest-mismatch", "run:a")?.outcome == "unverified")
    try store.write(
      "repro-audit.yaml", "scope:\n  exclude:\n    - {location: 's3://**', reason: audited by the storage team}\n")
    let scoped = try store.scan(rules)
    #expect(scoped.run.status == 0, "\(scoped.run.output)")
    #expect(
      scoped.result("artifact-digest-mismatch", "run:a")?.message
        == "declared out of scope: audited by the storage team")
  }

  @Test func `a finding does not hide that something else could not be checked`() throws {
    let store = try Store()
    let digest = String(repeating: "ab", count: 32)
    try store.write("runs/a/x.bin", "x")
    try store.write(
      "runs/a/run.json",
      """
      {"run_id": "a", "artifacts": [{"path": "x.bin", "sha256": "\(digest)"}, {"uri": "s3://b/y", "sha256": "\(digest)"}]}
      """)
    let scan = try store.scan(["--rule", "artifact-digest-mismatch"])
    #expect(scan.result("artifact-digest-mismatch", "run:a")?.outcome == "fail")
    #expect(scan.run.status == 2)
  }

  @Test func `the first screen fits a terminal and ends with what to type next`() throws {
    let store = try Store()
    for number in 0..<30 { try store.write("runs/r\(number)/run.json", "{\"run_id\": \"r\(number)\"}") }
    let scan = try store.scan()
    let lines = scan.run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { $0.count <= 100 }, "\(scan.run.output)")
    #expect(scan.run.output.contains("Next: repro-audit rules explain "))
    #expect(scan.run.status == 1)
  }

  @Test(arguments: [
    (["scan", ".", "--policy", "chekclist"], "did you mean `checklist`?"),
    (["scan", ".", "--rule", "mising-commit"], "unknown rule `mising-commit`; did you mean `missing-commit`?"),
    (["rules", "explain", "missing-comit"], "did you mean `missing-commit`?"),
    (["scan", ".", "--now", "yesterday"], "write it as 2026-03-01T00:00:00Z"),
    (["scan", ".", "--jobs", "0"], "at least 1"),
    (["scan", ".", "--map", "nonsense"], "write it as NAME=PATH"),
  ])
  func `a wrong call exits 64 and says the nearest right one`(arguments: [String], message: String) throws {
    let store = try Store()
    let run = try Binary.run(arguments, in: store.root)
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.output == "")
  }
}
