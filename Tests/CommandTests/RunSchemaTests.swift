import Foundation
import Testing

/// The policy's own schema of run records.
@Suite struct RunSchemaTests {
  @Test(arguments: [
    ("{\n  \"requird\": [\"owner\"]\n}\n", "run.schema.json:2: unknown keyword `requird`"),
    ("{\n  \"pattern\": \"(?=a)\"\n}\n", "run.schema.json:2: the pattern `(?=a)` cannot be used"),
    (
      "{\"properties\": {\n  \"a\": {\"$ref\": \"#/properties/a\"}}}\n",
      "run.schema.json:2: the schema refers to itself"
    ),
    ("{", "run.schema.json:1: "),
    (nil, "repro-audit.yaml:1: the schema `run.schema.json` cannot be read"),
  ])
  func `a schema that cannot be used stops the scan with its line`(schema: String?, message: String) throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("repro-audit.yaml", "run_schema: run.schema.json\n")
    if let schema { try store.write("run.schema.json", schema) }
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
  }

  @Test func `a record is told its line, and another schema is another policy`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("repro-audit.yaml", "run_schema: schemas/run.yaml\n")
    try store.write("schemas/run.yaml", "required: [owner]\n")
    let scan = try store.scan()
    let result = try #require(scan.result("nonconforming-run-record", "run:m-1.0.0"))
    #expect(result.outcome == "fail")
    #expect(result.details.map(\.item) == ["record"])
    #expect(result.details.first?.path == "models/m/1.0.0/run.json" && result.details.first?.line == 1)
    try store.write("schemas/run.yaml", "required: [run_id]\n")
    let other = try store.scan()
    #expect(other.result("nonconforming-run-record", "run:m-1.0.0")?.outcome != "fail")
    #expect(other.report?.scan.id != scan.report?.scan.id)
  }

  @Test func `a secret is found and never shown`() throws {
    let store = try Store()
    try store.write(
      "runs/a/run.json",
      "{\"run_id\": \"a\", \"command\": \"train --password hunter2secret\", \"params\": {\"db_password\": \"s3cr3tvalue\"}}"
    )
    let report = store.beside("r.html")
    let scan = try store.scan(["--html", report, "--markdown", store.beside("r.md")])
    #expect(scan.result("exposed-secret", "run:a")?.details.map(\.item) == ["command", "params.db_password"])
    for file in [report, store.beside("r.md")] {
      let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
      #expect(!text.contains("hunter2secret") && !text.contains("s3cr3tvalue"), "\(file)")
    }
  }
}
