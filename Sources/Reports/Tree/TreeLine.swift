import AuditDatabase
import Records

/// What stands on the line of one path.
enum TreeLine {
  private static let nameLimit = 300

  /// A name as it is, or in quotes where it could be taken for something else.
  static func name(_ text: String) -> String {
    let name = VisibleText.line(text, limit: nameLimit)
    guard name.isEmpty || name.contains(where: { $0 == " " || $0 == "\"" || $0 == "[" }) else { return name }
    return "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// ` -> 1.2.0` where the path is the alias itself.
  static func target(of entry: FileTreeCursor.Entry, named name: Substring) -> String? {
    guard let alias = entry.aliases.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
    return " -> " + target(alias)
  }

  private static func target(_ alias: FileTreeCursor.Entry.Alias) -> String {
    guard let target = alias.target else { return "?" }
    return self.name(target) + (alias.dangles ? " (no such version)" : "")
  }

  /// `  [matched; run: 2 errors]`; empty where nothing is known.
  static func notes(of entry: FileTreeCursor.Entry) -> String {
    let ending = entry.path.split(separator: "/").last ?? ""
    var notes = entry.isFile ? [verdict(of: entry)] : []
    notes += entry.aliases.filter { !$0.name.utf8.elementsEqual(ending.utf8) }
      .map { "alias \(name($0.name)) -> \(target($0))" }
    notes += judgements(entry.judged)
    notes += entry.problems.prefix(3).map { "not read: \(VisibleText.line($0, limit: nameLimit))" }
    if notes.isEmpty, entry.isRecord { notes = ["read"] }
    return notes.isEmpty ? "" : "  [" + notes.joined(separator: "; ") + "]"
  }

  /// The worst that the checks of a file say.
  private static func verdict(of entry: FileTreeCursor.Entry) -> String {
    if let exclusion = entry.exclusion { return "out of scope: \(VisibleText.line(exclusion, limit: nameLimit))" }
    guard let worst = Wording.checks.first(where: entry.verdicts.contains) else { return "not checked" }
    return worst == .unclaimed ? "no digest recorded" : worst.rawValue.replacing("-", with: " ")
  }

  /// One subject by itself; many of a kind in one record together.
  private static func judgements(_ judged: [FileTreeCursor.Entry.Judged]) -> [String] {
    SubjectKind.allCases.compactMap { kind in
      let ours = judged.filter { $0.kind == kind }
      guard !ours.isEmpty else { return nil }
      let noun = Wording.noun(kind)
      var words = [Severity.error, .warning, .note].compactMap { severity -> String? in
        let count = ours.reduce(0) { $0 + ($1.counts.findings[severity] ?? 0) }
        return count == 0 ? nil : Figures.count(count, severity.rawValue)
      }
      let undecided = ours.reduce(0) { $0 + $1.counts.undecided }
      if undecided > 0 { words.append("\(Figures.count(undecided)) undecided") }
      let said = words.isEmpty ? "ok" : words.joined(separator: ", ")
      return "\(ours.count == 1 ? noun.one : Figures.count(ours.count, noun.one, plural: noun.many)): \(said)"
    }
  }
}
