import AuditDatabase
import Foundation
import Hashing
import Subprocess

/// Looks commits up in a repository's objects without ever reading its configuration.
///
/// git runs in an empty repository of our own, with the audited one's objects as its object directory: no hook, filter,
/// fsmonitor, promisor remote or setting of the store can take effect, whatever git's version.
struct GitRepository {
  let root: String

  typealias Answer = CommitQuestions.Answer

  /// One answer for each of `hashes`.
  func resolve(_ hashes: [String]) async -> [Answer] {
    let malformed = hashes.filter { !Self.isHash($0) }.map {
      Answer(
        hash: $0, resolution: .malformed, message: "`\($0.prefix(80))` is not a commit id, and branches and tags move")
    }
    let questions = hashes.filter(Self.isHash)
    guard !questions.isEmpty else { return malformed }
    func all(_ resolution: CommitQuestions.Resolution, _ message: String) -> [Answer] {
      malformed + questions.map { Answer(hash: $0, resolution: resolution, message: message) }
    }
    guard let place = GitDirectory(root: root) else { return all(.noRepository, "there is no git repository any more") }
    do {
      let lines = try await ask(questions, objects: place.objects)
      guard lines.count == questions.count else { return all(.unreadable, "git gave no answer") }
      return malformed + zip(questions, lines).map { Self.answer($0, line: $1, isShallow: place.isShallow) }
    } catch {
      return all(.unreadable, "git could not be run: install git, 2.25 or newer")
    }
  }

  private func ask(_ questions: [String], objects: String) async throws -> [Substring] {
    let output = try await run(
      ["cat-file", "--batch-check=%(objectname) %(objecttype)"], objects: objects,
      isSHA256: questions.contains { $0.utf8.count == 64 }, input: questions.joined(separator: "\n") + "\n")
    return output.split(separator: "\n")
  }

  /// What a git that knows nothing but these objects prints.
  func run(_ arguments: [String], objects: String, isSHA256: Bool, input: String = "") async throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "refs"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("ref: refs/heads/none\n".utf8).write(to: folder.appending(path: "HEAD"))
    let config =
      "[core]\n\trepositoryformatversion = 1\n\tbare = true\n"
      + (isSHA256 ? "[extensions]\n\tobjectformat = sha256\n" : "")
    try Data(config.utf8).write(to: folder.appending(path: "config"))
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments),
      environment: .custom(Self.environment(gitDirectory: folder.path, objects: objects)),
      input: .string(input), output: .string(limit: 256 << 20), error: .discarded)
    guard result.terminationStatus.isSuccess else { throw GitFailure() }
    return result.standardOutput
  }

  private static func environment(gitDirectory: String, objects: String) -> [Environment.Key: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": gitDirectory, "LC_ALL": "C",
      "GIT_DIR": gitDirectory, "GIT_OBJECT_DIRECTORY": objects, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none",
    ]
  }

  private static func answer(_ hash: String, line: Substring, isShallow: Bool) -> Answer {
    let parts = line.split(separator: " ")
    switch parts.last {
    case "commit": return Answer(hash: hash, resolution: .found)
    case "ambiguous":
      return Answer(hash: hash, resolution: .ambiguous, message: "`\(hash)` fits several objects; record all 40 digits")
    case "missing" where isShallow:
      return Answer(hash: hash, resolution: .shallow, message: "the clone is shallow; fetch the whole history")
    case "missing": return Answer(hash: hash, resolution: .absent, message: "the repository does not hold it")
    case let kind?: return Answer(hash: hash, resolution: .absent, message: "it names a \(kind), not a commit")
    case nil: return Answer(hash: hash, resolution: .unreadable, message: "git gave no answer")
    }
  }

  private static func isHash(_ text: String) -> Bool {
    (4...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        byte >= 48 && byte <= 57 || (byte | 0x20) >= 97 && (byte | 0x20) <= 102
      }
  }
}

/// Where a repository keeps its objects.
struct GitDirectory {
  let objects: String
  let isShallow: Bool

  /// Takes a working tree, a linked working tree or a bare repository; nil for anything else.
  init?(root: String) {
    let files = FileManager.default
    var directory = root
    var isDirectory: ObjCBool = false
    if files.fileExists(atPath: root + "/.git", isDirectory: &isDirectory) {
      directory = root + "/.git"
      if !isDirectory.boolValue {
        // A linked working tree or a submodule: a file that says where.
        guard let text = Self.line(of: directory), text.hasPrefix("gitdir:") else { return nil }
        directory = Self.join(root, text.dropFirst(7).trimmingCharacters(in: .whitespaces))
      }
    }
    if let common = Self.line(of: directory + "/commondir") { directory = Self.join(directory, common) }
    guard files.fileExists(atPath: directory + "/objects", isDirectory: &isDirectory), isDirectory.boolValue else {
      return nil
    }
    objects = directory + "/objects"
    isShallow = files.fileExists(atPath: directory + "/shallow")
  }

  /// The first line of a small file; hostile stores put FIFOs where files belong.
  private static func line(of path: String) -> String? {
    guard let bytes = try? WholeFile.read(SystemPath(path), limit: 4096) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }

  private static func join(_ base: String, _ path: String) -> String { path.hasPrefix("/") ? path : base + "/" + path }
}
