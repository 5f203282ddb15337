import Foundation
import Hashing

/// A case's store on disk, in a directory called `cases`, removed when it goes.
final class CaseStore {
  let root: URL
  private let parent: URL

  init(_ ruleCase: RuleCase) throws {
    parent = FileManager.default.temporaryDirectory.appending(path: "repro-audit-case-\(UUID().uuidString)")
    root = parent.appending(path: "cases")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    var commits: [String: String] = [:]
    for case .repository(let path, let files) in ruleCase.entries { commits[path] = try makeRepository(path, files) }
    // Files that others name by digest are written first: those without placeholders of their own.
    let files = ruleCase.entries.compactMap { entry -> (String, String)? in
      switch entry {
      case .file(let path, let text), .gone(let path, let text): (path, text)
      case .link, .repository: nil
      }
    }
    var left = files
    while !left.isEmpty {
      let ready = left.filter { file in !left.contains { file.1.contains(":\($0.0)}}") } }
      guard !ready.isEmpty else {
        throw mistake("digests name each other in a circle: \(left.map(\.0).joined(separator: ", "))", ruleCase)
      }
      for (path, text) in ready { try write(expand(text, commits: commits, of: ruleCase), to: path) }
      left.removeAll { file in ready.contains { $0.0 == file.0 } }
    }
    for case .link(let path, let target) in ruleCase.entries {
      let place = root.appending(path: path)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    }
  }

  deinit { try? FileManager.default.removeItem(at: parent) }

  /// Where a scan with a kept database keeps it.
  var database: String { parent.appending(path: "audit.db").path }

  /// Removes a file, and the folders above it that are empty then.
  func remove(_ path: String) throws {
    var place = root.appending(path: path)
    try FileManager.default.removeItem(at: place)
    while true {
      place.deleteLastPathComponent()
      guard place.path.hasPrefix(root.path + "/"),
        try FileManager.default.contentsOfDirectory(atPath: place.path).isEmpty
      else { return }
      try FileManager.default.removeItem(at: place)
    }
  }

  private func mistake(_ message: String, _ ruleCase: RuleCase) -> PolicyError {
    PolicyError(path: ruleCase.file, line: ruleCase.line, message: message)
  }

  private func write(_ text: String, to path: String) throws {
    let place = root.appending(path: path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  /// Puts in what the case cannot know: `{{sha256:PATH}}`, `{{size:PATH}}` and `{{commit:REPOSITORY}}`.
  private func expand(_ text: String, commits: [String: String], of ruleCase: RuleCase) throws -> String {
    var text = text
    while let open = text.firstRange(of: "{{"), let close = text[open.upperBound...].firstRange(of: "}}") {
      let parts = text[open.upperBound..<close.lowerBound].split(separator: ":", maxSplits: 1).map(String.init)
      let name = parts.count == 2 ? parts[1] : ""
      let isInside = !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
      let bytes = isInside ? try? Data(contentsOf: root.appending(path: name)) : nil
      let value: String? =
        switch parts.first {
        case "sha256": bytes.map { BytesDigest.sha256($0) }
        case "size": bytes.map { "\($0.count)" }
        case "commit": commits[name]
        default: nil
        }
      guard let value else {
        throw mistake("`{{\(parts.joined(separator: ":"))}}` names nothing that this case makes", ruleCase)
      }
      text.replaceSubrange(open.lowerBound..<close.upperBound, with: value)
    }
    return text
  }

  private func makeRepository(_ path: String, _ files: [(name: String, text: String)]) throws -> String {
    let place = root.appending(path: path)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for file in files { try write(file.text, to: "\(path)/\(file.name)") }
    try git(place, ["init", "--quiet", "--initial-branch=main"])
    try git(place, ["add", "."])
    try git(
      place,
      ["-c", "user.name=case", "-c", "user.email=case@example.org", "commit", "--quiet", "--allow-empty", "-m", "case"])
    return try git(place, ["rev-parse", "HEAD"]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @discardableResult
  private func git(_ folder: URL, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw AuditError.unusable("git \(arguments[0]) failed; is git installed?")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
