import Foundation
import Testing

@testable import Pins

/// Files of the repository that tests read, found from where this file lies.
enum RepositoryFiles {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The files of a folder with their names, sorted.
  static func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
    let place = root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: place.path()).sorted().map { name in
      (name, Array(try Data(contentsOf: place.appending(path: name))))
    }
  }

  static func rows(_ name: String) throws -> [[String: Any]] {
    let text = try String(contentsOf: root.appending(path: "Tests/Conformance/\(name)"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
    }
  }
}

/// What the real tools said, committed beside the scripts that asked them.
@Suite struct CommittedVectorTests {
  @Test func `agrees with docker on image references`() throws {
    let rows = try RepositoryFiles.rows("images.jsonl")
    #expect(rows.count == 700)
    for row in rows {
      guard let input = row["input"] as? String, let valid = row["valid"] as? Bool else { continue }
      let found = try? ImageReference(parsing: input)
      #expect((found != nil) == valid, Comment(rawValue: input))
      guard let found, row["path"] != nil else { continue }
      #expect(found.registry == row["domain"] as? String, Comment(rawValue: input))
      #expect(found.repository == row["path"] as? String, Comment(rawValue: input))
      #expect(found.tag == row["tag"] as? String, Comment(rawValue: input))
      #expect(found.digest == row["digest"] as? String, Comment(rawValue: input))
    }
  }

  private struct Instruction: Hashable {
    let keyword: String
    let line: Int
    let flags: [String]
  }

  @Test func `agrees with BuildKit's parser on instructions`() throws {
    let rows = try RepositoryFiles.rows("dockerfiles.jsonl")
    #expect(rows.count > 200)
    for row in rows {
      guard let text = row["dockerfile"] as? String else { continue }
      let reading = Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8))
      guard let instructions = row["instructions"] as? [[String: Any]] else {
        #expect(!reading.problems.isEmpty, Comment(rawValue: text))
        continue
      }
      let wanted = instructions.compactMap { instruction -> Instruction? in
        guard let keyword = instruction["keyword"] as? String, let line = instruction["line"] as? Int,
          let flags = instruction["flags"] as? [String]
        else { return nil }
        // The parser makes an instruction without a name of a continuation of nothing; here that is a problem.
        if keyword.isEmpty {
          #expect(reading.problems.contains { $0.line == line }, Comment(rawValue: text))
          return nil
        }
        return Instruction(keyword: keyword, line: line, flags: flags)
      }
      let found = DockerfileSyntax(Array(text.utf8)).instructions.map {
        Instruction(keyword: $0.keyword, line: $0.line, flags: $0.flags)
      }
      #expect(found == wanted, Comment(rawValue: text))
    }
  }
}
