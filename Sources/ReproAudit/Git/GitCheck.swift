import AuditDatabase

/// Asks each repository once which of the recorded commits it holds.
struct GitCheck {
  let database: AuditDatabase

  func run() async throws {
    let questions = CommitQuestions(database: database)
    for root in try questions.repositories() {
      let hashes = try questions.hashes(in: root)
      let answers = await GitRepository(root: root).resolve(hashes)
      try questions.write(answers, repository: root)
    }
    try questions.writeUnasked()
  }
}
