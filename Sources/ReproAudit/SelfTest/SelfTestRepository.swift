import Foundation

/// A git repository with two commits, whose hashes are the same everywhere.
struct SelfTestRepository {
  struct Commits: Sendable, Hashable {
    /// Of the code that trains, and serves.
    let training: String
    /// The same with a file that is large by the policy of the healthy store.
    let large: String
  }

  let path: String

  /// Makes it, and returns the commits.
  func make() throws -> Commits {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try git(["init", "--quiet", "--initial-branch=main"])
    let training = try commit("train.py", Data("print('training')\n".utf8))
    try git(["checkout", "--quiet", "-b", "large"])
    let large = try commit("weights.bin", Data(repeating: 7, count: 20_000))
    try git(["checkout", "--quiet", "main"])
    return Commits(training: training, large: large)
  }

  private func commit(_ name: String, _ content: Data) throws -> String {
    try content.write(to: URL(filePath: "\(path)/\(name)"))
    try git(["add", name])
    try git(["commit", "--quiet", "--no-gpg-sign", "-m", "add \(name)"])
    return try git(["rev-parse", "HEAD"]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @discardableResult
  private func git(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(filePath: path)
    let date = "2025-06-01T00:00:00Z"
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "selftest", "GIT_AUTHOR_EMAIL": "selftest@example.org", "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_NAME": "selftest", "GIT_COMMITTER_EMAIL": "selftest@example.org", "GIT_COMMITTER_DATE": date,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw SelfTest.Failure(description: "git \(arguments[0]) failed; the selftest needs git")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
