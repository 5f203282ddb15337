import AuditDatabase

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
    let sandbox = try GitSandbox(objects: objects, isSHA256: questions.contains { $0.utf8.count == 64 })
    defer { sandbox.remove() }
    let answer = try await sandbox.run(
      ["cat-file", "--batch-check=%(objectname) %(objecttype)"], input: questions.joined(separator: "\n") + "\n")
    return String(decoding: answer.output, as: UTF8.self).split(separator: "\n")
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

  static func isHash(_ text: String) -> Bool {
    (4...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        byte >= 48 && byte <= 57 || (byte | 0x20) >= 97 && (byte | 0x20) <= 102
      }
  }
}
