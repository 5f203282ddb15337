import Foundation
import Pins
import Testing

/// Holds whole files to what pip makes of them; Tests/Conformance/requirements.py asks it.
@Suite struct PipVerdictTests {
  /// What pip found in one file, or why it refused it.
  struct Verdict: Decodable, CustomTestStringConvertible {
    struct Requirement: Decodable {
      let file: String
      let line: Int
      let name: String?
      let specifier: String
      let extras: [String]
      let marker: String?
      let link: String?
      let editable: Bool
      let hashes: [String]
      let constraint: Bool
    }

    let text: String?
    let base64: String?
    let files: [String: String]?
    let error: String?
    let requirements: [Requirement]
    let requiresHashes: Bool

    enum CodingKeys: String, CodingKey {
      case text, base64, files, error, requirements
      case requiresHashes = "require_hashes"
    }

    var bytes: [UInt8] { text.map { Array($0.utf8) } ?? Array(Data(base64Encoded: base64 ?? "") ?? Data()) }
    var testDescription: String { text ?? base64 ?? "" }
  }

  /// Inputs that we read and pip refuses, or the other way round, with the reason.
  private static let exceptions: [String: String] = [
    "x===": "an empty version names nothing, whatever pip 26 makes of it",
    "x==1; \(deepMarker)": "packaging 26 refuses markers that nest deeper than 200, which pip does not yet",
    "git+https://e.org/x@": "pip finds the empty revision when it clones",
    "-e git+https://e.org/x@#egg=x": "pip finds the empty revision when it clones",
  ]

  private static let deepMarker =
    String(repeating: "(", count: 201) + "os_name=='x'" + String(repeating: ")", count: 201)

  static let verdicts: [Verdict] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("../../Conformance/requirements-verdicts.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Verdict.self, from: Data($0.utf8)) }
  }()

  @Test func `there are verdicts`() { #expect(Self.verdicts.count > 400) }

  @Test(arguments: verdicts) func `reads a file as pip does`(verdict: Verdict) throws {
    let files = verdict.files ?? [:]
    let reading = RequirementsFile.read(
      path: "requirements.txt", bytes: verdict.bytes,
      lookup: FileLookup { path in
        path == "requirements.txt" ? .found(verdict.bytes) : files[path].map { .found(Array($0.utf8)) } ?? .missing
      })
    if Self.exceptions[verdict.testDescription] != nil { return }
    if let error = verdict.error {
      // Whether a path is there, only a disk can tell.
      if reading.requirements.contains(where: { $0.pin == .local }) { return }
      #expect(!reading.problems.isEmpty, "pip: \(error)")
      // What pip read before it stopped stands.
      for wanted in verdict.requirements where !wanted.constraint {
        #expect(reading.requirements.contains { $0.line == wanted.line && $0.path == wanted.file })
      }
      return
    }
    let found = reading.requirements.filter { !$0.text.hasPrefix("# ") }
    let wanted = verdict.requirements.filter { !$0.constraint }.uniqued()
    #expect(found.map { "\($0.path):\($0.line)" } == wanted.map { "\($0.file):\($0.line)" })
    for (found, wanted) in zip(found, wanted) {
      let line = RequirementLine(found.text)
      #expect(found.pin != .invalid, "\(reading.problems)")
      #expect(line.extras.sorted() == wanted.extras.map { $0.lowercased().replacing("_", with: "-") })
      #expect(found.marker == wanted.marker)
      #expect(line.isEditable == wanted.editable)
      if wanted.link == "local" {
        #expect(line.kind == .path)
      } else {
        #expect(line.url == wanted.link)
        #expect((line.kind == .named) == (wanted.link == nil))
        #expect(line.specifier.canonical == wanted.specifier)
        #expect(line.writtenName == wanted.name)
      }
    }
    #expect(verdict.requiresHashes || !reading.problems.contains { $0.message.contains("pip refuses") })
  }
}

extension [PipVerdictTests.Verdict.Requirement] {
  /// A file that is included twice is read once.
  fileprivate func uniqued() -> Self {
    var seen: Set<String> = []
    return filter { seen.insert("\($0.file):\($0.line)").inserted }
  }
}
