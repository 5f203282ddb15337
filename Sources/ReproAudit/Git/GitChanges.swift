import Foundation

/// What a working tree has that the commit where it left another one had not: committed, staged, unstaged, untracked.
struct GitChanges: Sendable {
  struct Change: Sendable, Hashable {
    /// Relative to the repository's root.
    let path: [UInt8]
    /// The object that was there before; nil for what is new.
    let before: String?
    /// Everything below it may have changed: a submodule, or a repository that is not tracked.
    var isFolder = false
  }

  /// The commit that changes are counted from, 40 or 64 digits.
  let base: String
  /// Sorted by path.
  let changes: [Change]
  /// The texts that changed files had, by object; only of those asked for.
  private(set) var texts: [String: [UInt8]] = [:]

  /// Compares the working tree at `root` with its merge base with `reference`.
  ///
  /// `wantsText` says of which changed files the earlier text is needed.
  static func since(
    _ reference: String, root: String, wantsText: ([UInt8]) -> Bool
  ) async throws -> GitChanges {
    func fail(_ reason: String) -> AuditError { .unusable("--changed-since \(reference): \(reason)") }
    guard let directory = GitDirectory(root: root) else { throw fail("\(root) is no git repository any more") }
    guard !directory.isShallow else {
      throw fail("the clone at \(root) is shallow; fetch the whole history with `git fetch --unshallow`")
    }
    let references = GitReferences(directory: directory)
    guard !references.isReftable else {
      throw fail("the references of \(root) are kept as reftable, which cannot be read; audit without --changed-since")
    }
    do {
      let sandbox = try GitSandbox(objects: directory.objects, isSHA256: references.isSHA256, workingTree: root)
      defer { sandbox.remove() }
      try references.copy(into: sandbox)
      let base = try await mergeBase(reference, sandbox, fail)
      var changes = try await tracked(base, sandbox, fail)
      changes += try await untracked(sandbox, fail)
      var found = GitChanges(base: base, changes: Set(changes).sorted { $0.path.lexicographicallyPrecedes($1.path) })
      found.texts = try await texts(of: found.changes.filter { wantsText($0.path) }.compactMap(\.before), sandbox)
      return found
    } catch let error as AuditError {
      throw error
    } catch is GitSandbox.NoAnswer {
      throw fail("git did not end in ten minutes; is there something other than files in \(root)?")
    } catch {
      throw fail("git could not be run: install git, 2.25 or newer")
    }
  }

  private static func mergeBase(
    _ reference: String, _ git: GitSandbox, _ fail: (String) -> AuditError
  ) async throws -> String {
    let commit = try await git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"])
    guard commit.isSuccess, !reference.isEmpty else {
      let names = try await git.run(["for-each-ref", "--format=%(refname:short)"]).line.split(separator: "\n")
      throw fail(NearestName.message("commit, branch or tag", reference, among: names.map(String.init)))
    }
    let head = try await git.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    guard head.isSuccess else { throw fail("the repository has no commit yet") }
    let base = try await git.run(["merge-base", "HEAD", commit.line])
    guard base.isSuccess else {
      throw fail(
        base.errors.isEmpty ? "HEAD and `\(reference)` have no commit in common" : "git says: \(said(base.errors))")
    }
    return String(base.line.prefix { $0 != "\n" })
  }

  /// The first line of what git said, without its prefix.
  private static func said(_ errors: String) -> String {
    let line = errors.split(separator: "\n").first.map(String.init) ?? errors
    return line.replacing("fatal: ", with: "")
  }

  private static func tracked(
    _ base: String, _ git: GitSandbox, _ fail: (String) -> AuditError
  ) async throws -> [Change] {
    let answer = try await git.run([
      "diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
      "--ignore-submodules=all", base, "--",
    ])
    guard answer.isSuccess else { throw fail("git could not compare: \(said(answer.errors))") }
    // `:100644 100644 <old> <new> M`, then the path, each ended by NUL.
    let fields = answer.output.split(separator: 0)
    var changes: [Change] = []
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let words = fields[index].split(separator: UInt8(ascii: " "))
      guard words.count == 5 else { throw fail("git's answer cannot be read; is it 2.25 or newer?") }
      let before = String(decoding: words[2], as: UTF8.self)
      changes.append(Change(path: Array(fields[index + 1]), before: before.allSatisfy { $0 == "0" } ? nil : before))
    }
    let links = try await git.run(["ls-files", "--stage", "-z"])
    guard links.isSuccess else { throw fail("git could not list files: \(said(links.errors))") }
    for entry in links.output.split(separator: 0) where entry.starts(with: "160000 ".utf8) {
      guard let tab = entry.firstIndex(of: 9) else { continue }
      // What a submodule holds is not ours to compare without its configuration: all of it counts as changed.
      changes.append(Change(path: Array(entry[(tab + 1)...]), before: nil, isFolder: true))
    }
    return changes
  }

  private static func untracked(_ git: GitSandbox, _ fail: (String) -> AuditError) async throws -> [Change] {
    let answer = try await git.run(["ls-files", "--others", "--exclude-standard", "-z"])
    guard answer.isSuccess else { throw fail("git could not list files: \(said(answer.errors))") }
    return answer.output.split(separator: 0).map { path in
      let isFolder = path.last == UInt8(ascii: "/")
      return Change(path: Array(isFolder ? path.dropLast() : path), before: nil, isFolder: isFolder)
    }
  }

  private static func texts(of objects: [String], _ git: GitSandbox) async throws -> [String: [UInt8]] {
    guard !objects.isEmpty else { return [:] }
    let answer = try await git.run(["cat-file", "--batch"], input: objects.map { $0 + "\n" }.joined())
    var texts: [String: [UInt8]] = [:]
    var rest = answer.output[...]
    // `<object> blob <size>`, the bytes, a line break; or `<object> missing`.
    while let end = rest.firstIndex(of: 10) {
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(words[2]), size < rest.count else { continue }
      texts[String(words[0])] = Array(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
    }
    return texts
  }
}
