import AuditDatabase

/// Asks each repository once which of the recorded commits it holds, and which large files they hold.
struct GitCheck {
  let database: AuditDatabase
  /// Bytes from which a file in git is large; nil when no rule asks.
  let largeBlob: Int64?

  func run() async throws {
    let questions = CommitQuestions(database: database)
    for root in try questions.repositories() {
      let hashes = try questions.hashes(in: root)
      let repository = GitRepository(root: root)
      let answers = await repository.resolve(hashes)
      try questions.write(answers, repository: root)
      guard let largeBlob else { continue }
      let found = answers.filter { $0.resolution == .found }.map(\.hash).sorted()
      try questions.write(await repository.largeFiles(at: found, from: largeBlob), repository: root)
    }
    try questions.writeUnasked()
  }
}
