import Foundation
import Testing

/// The flawed registry yields exactly the findings its list of faults names, and each goes when its fault is mended.
@Suite struct FlawedRegistryTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let number: Int
    let findings: [String]
    var testDescription: String { "fault \(number): \(findings.joined(separator: ", "))" }
  }

  static let script = Binary.root.appending(path: "Fixtures/make-flawed-registry/make.sh").path

  static let faults: [Fault] = {
    let lines = (try? shell([script, "--list"]))?.split(separator: "\n") ?? []
    var findings: [Int: [String]] = [:]
    for line in lines {
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count == 3, let number = Int(parts[0]) else { continue }
      findings[number, default: []].append("\(parts[1]) \(parts[2])")
    }
    return findings.sorted { $0.key < $1.key }.map { Fault(number: $0.key, findings: $0.value) }
  }()

  static let expected = Set(faults.flatMap(\.findings))

  @Test func `every rule is hit by a fault`() throws {
    let ids = try Binary.run(["rules", "list"]).output.split(separator: "\n").filter { $0.hasPrefix("  ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    let hit = Set(Self.expected.compactMap { $0.split(separator: " ").first.map(String.init) })
    // A waiver is the policy's, and what is wrong with one is no fault of a registry; what vanished is in none.
    #expect(Set(ids.filter { !$0.hasSuffix("-waiver") && $0 != "vanished-version" }) == hit)
  }

  @Test func `the committed registry is what its script makes`() throws {
    let store = try Store(name: "unused")
    let built = store.beside("flawed-registry")
    try Self.shell([Self.script, built])
    let committed = Binary.root.appending(path: "Fixtures/flawed-registry").path
    try Self.shell(["-c", "diff -r --no-dereference \"$0\" \"$1\"", built, committed])
  }

  @Test func `yields exactly the listed findings`() throws {
    #expect(Self.faults.count >= 60)
    #expect(try Self.findings(in: Binary.root.appending(path: "Fixtures/flawed-registry").path) == Self.expected)
  }

  @Test(arguments: faults)
  func `mending one fault makes exactly its findings go`(fault: Fault) throws {
    let store = try Store(name: "unused")
    let built = store.beside("flawed-registry")
    try Self.shell([Self.script, "--without", "\(fault.number)", built])
    #expect(try Self.findings(in: built) == Self.expected.subtracting(fault.findings))
  }

  private static func findings(in path: String) throws -> Set<String> {
    let run = try Binary.run(["scan", path, "--json", "-", "--quiet", "--now", "2026-03-01T00:00:00Z"])
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    #expect(!report.results.contains { $0.outcome == "unverified" })
    return Set(report.results.filter { $0.outcome == "fail" }.map { "\($0.rule) \($0.subject.name)" })
  }

  @discardableResult
  private static func shell(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: output, as: UTF8.self)
  }
}
