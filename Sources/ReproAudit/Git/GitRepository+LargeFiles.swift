import AuditDatabase

extension GitRepository {
  typealias LargeFiles = CommitQuestions.LargeFiles

  /// Of one commit no more are noted.
  private static let most = 10_000

  /// The files of at least `size` bytes in each of `commits`, all of which the repository holds.
  ///
  /// Only where the repository holds a large object at all are the trees of commits listed.
  func largeFiles(at commits: [String], from size: Int64) async -> [LargeFiles] {
    guard !commits.isEmpty else { return [] }
    let unreadable = commits.map { LargeFiles(hash: $0, files: nil) }
    guard let place = GitDirectory(root: root),
      let git = try? GitSandbox(objects: place.objects, isSHA256: commits.contains { $0.utf8.count == 64 })
    else { return unreadable }
    defer { git.remove() }
    do {
      let objects = try await git.run(
        ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objecttype) %(objectsize)"])
      guard objects.isSuccess else { return unreadable }
      let holdsLarge = String(decoding: objects.output, as: UTF8.self).split(separator: "\n").contains { line in
        line.hasPrefix("blob ") && Int64(line.dropFirst(5)).map { $0 >= size } ?? false
      }
      guard holdsLarge else { return commits.map { LargeFiles(hash: $0, files: []) } }
    } catch {
      return unreadable
    }
    var result: [LargeFiles] = []
    for commit in commits {
      let listing = try? await git.run(["ls-tree", "-r", "-l", "-z", "--full-tree", commit])
      let files = listing.flatMap { answer in
        answer.isSuccess ? Self.files(String(decoding: answer.output, as: UTF8.self), from: size) : nil
      }
      result.append(LargeFiles(hash: commit, files: files))
    }
    return result
  }

  /// `<mode> blob <object> <size>\t<path>`, each ended by NUL; sorted by path.
  private static func files(_ listing: String, from size: Int64) -> [CommitQuestions.LargeFile] {
    var files: [CommitQuestions.LargeFile] = []
    for entry in listing.split(separator: "\0") {
      guard let tab = entry.firstIndex(of: "\t") else { continue }
      let fields = entry[..<tab].split(separator: " ")
      guard fields.count == 4, fields[1] == "blob", let bytes = Int64(fields[3]), bytes >= size else { continue }
      files.append(CommitQuestions.LargeFile(path: String(entry[entry.index(after: tab)...]), size: bytes))
    }
    return Array(files.sorted { ($0.size, $1.path) > ($1.size, $0.path) }.prefix(most)).sorted { $0.path < $1.path }
  }
}
