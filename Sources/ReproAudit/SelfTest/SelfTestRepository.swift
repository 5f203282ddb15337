import Foundation

/// A git repository with one commit, whose hash is the same everywhere.
struct SelfTestRepository {
  let path: String

  /// Makes it, and returns the commit.
  func commit() throws -> String {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("print('training')\n".utf8).write(to: URL(filePath: "\(path)/train.py"))
    try git(["init", "--quiet", "--initial-branch=main"])
    try git(["add", "train.py"])
    try git(["commit", "--quiet", "--no-gpg-sign", "-m", "train"])
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
