import AuditDatabase
import Records
import Reports

/// The commits of several sides, and what lies between them where the repository is at hand.
struct CodeDifference {
  let parts: [SubjectComparison.Part]

  func section() async -> Comparison.Section {
    let commits = parts.map(\.facts.commit)
    var rows = [Comparison.Row(name: "commit", values: commits.map { $0?.hash })]
    let states = commits.map { $0?.isDirty.map { $0 ? "uncommitted changes" : "clean" } }
    rows.append(Comparison.Row(name: "working tree", values: states))
    rows = rows.filter { $0.values.contains { $0 != nil } }
    var notes: [String] = []
    if states.contains("uncommitted changes") {
      notes.append("a run that was started with uncommitted changes ran other code than its commit")
    }
    var logs: [Comparison.Log] = []
    guard let base = commits.first ?? nil, let hash = base.hash else {
      return Comparison.Section(topic: .code, rows: rows, notes: notes)
    }
    for (side, commit) in commits.enumerated().dropFirst() {
      guard let other = commit?.hash, other != hash else { continue }
      let letter = Comparison.letter(side)
      guard base.resolution == "found", commit?.resolution == "found", let root = base.root, root == commit?.root else {
        notes.append("A and \(letter): no log between them, since no repository at hand holds both commits")
        continue
      }
      guard let log = await GitRepository(root: root).log(from: hash, to: other) else {
        notes.append("A and \(letter): no log between them, since git could not be asked")
        continue
      }
      let noun = log.count == 1 ? "commit" : "commits"
      logs.append(
        Comparison.Log(
          side: side,
          title: "A to \(letter): \(log.count) \(noun), and \(log.behind) of A that \(letter) does not have",
          lines: log.lines, leftOut: log.count - log.lines.count))
      if log.isShallow { notes.append("the clone is shallow: commits between the two may be missing") }
    }
    return Comparison.Section(topic: .code, rows: rows, notes: notes, logs: logs)
  }
}
