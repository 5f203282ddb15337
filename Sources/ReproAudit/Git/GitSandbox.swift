import Foundation
import Hashing
import Subprocess
import SystemPackage

/// An empty repository of our own that sees the objects of another one, and nothing of its configuration.
struct GitSandbox: Sendable {
  /// What git said; `output` is bytes since paths need not be text.
  struct Answer: Sendable {
    let isSuccess: Bool
    let output: [UInt8]
    let errors: String

    /// The output without its last line break.
    var line: String { String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines) }
  }

  private static let mostOutput = 1 << 30
  /// A FIFO where git expects its `.gitignore` keeps it waiting for ever.
  private static let patience = Duration.seconds(600)

  /// git gave no answer in time.
  struct NoAnswer: Error {}

  let folder: String
  private let objects: String
  private let workingTree: String?

  /// Remove it with `remove()`. `workingTree` is the folder whose files git may compare.
  init(objects: String, isSHA256: Bool, workingTree: String? = nil) throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "repro-audit-git-\(UUID().uuidString)")
    folder = place.path
    self.objects = objects
    self.workingTree = workingTree
    try FileManager.default.createDirectory(
      at: place.appending(path: "refs"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try put("HEAD", Array("ref: refs/heads/none\n".utf8))
    // An index may name a monitor or a cache that would be asked; what would be run is named here, and is nothing.
    let config = """
      [core]
      \trepositoryformatversion = 1
      \tbare = \(workingTree == nil)
      \tfsmonitor = false
      \tuntrackedCache = false
      \thooksPath = /dev/null
      \(isSHA256 ? "[extensions]\n\tobjectformat = sha256\n" : "")
      """
    try put("config", Array(config.utf8))
  }

  /// Puts a file into the repository, such as a copy of another one's index.
  func put(_ name: String, _ bytes: [UInt8]) throws {
    let place = URL(filePath: folder).appending(path: name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs git; throws when it cannot be run or does not end.
  func run(_ arguments: [String], input: String = "") async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask { try await answer(arguments, input: input) }
      group.addTask {
        try await Task.sleep(for: Self.patience)
        return nil
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() ?? nil else { throw NoAnswer() }
      return answer
    }
  }

  private func answer(_ arguments: [String], input: String) async throws -> Answer {
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments), environment: .custom(environment),
      workingDirectory: workingTree.map { FilePath($0) }, input: .string(input),
      output: .bytes(limit: Self.mostOutput), error: .string(limit: 1 << 20))
    return Answer(
      isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput, errors: result.standardError)
  }

  private var environment: [Environment.Key: String] {
    var environment: [Environment.Key: String] = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C",
      "GIT_DIR": folder, "GIT_OBJECT_DIRECTORY": objects, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_ATTR_NOSYSTEM": "1", "GIT_NO_LAZY_FETCH": "1",
      "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
      "GIT_ALLOW_PROTOCOL": "none",
    ]
    if let workingTree { environment["GIT_WORK_TREE"] = workingTree }
    return environment
  }
}
