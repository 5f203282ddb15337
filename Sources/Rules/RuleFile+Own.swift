import AuditDatabase
import Documents
import Records

/// What holds of rules that a policy names: nobody checked them when the program was built.
extension RuleFile {
  /// Ids are the names of files, and of outcomes in every report.
  private static let idLength = 100

  /// Throws unless the rule is one SELECT over the views that gives what a rule must give.
  package func checkSelect() throws(Mistake) {
    let text = SQLText(select)
    func mistake(_ error: QueryError) -> Mistake {
      Mistake(
        path: place ?? "", line: selectLine + text.position(of: error.offset ?? 0).line - 1, message: error.message)
    }
    do throws(QueryError) {
      let statement = try QueryConnection(schemaWithin: .ownRule(seconds: 1)).prepare(select)
      for name in ["subject_id", "outcome", "message", "details"] where !statement.columns.contains(name) {
        throw QueryError(.refused, RuleMistake.missingColumn(name).description, offset: text.tokens.first?.offset)
      }
    } catch {
      throw mistake(error)
    }
  }

  /// The SELECT as it can stand inside another.
  var innerSelect: String {
    guard isOwn, let last = SQLText(select).tokens.last, last.kind == .sign, last.text == ";" else { return select }
    return String(decoding: select.utf8.prefix(last.offset), as: UTF8.self)
  }

  static func isID(_ text: String) -> Bool {
    text.utf8.count <= idLength && text.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
  }
}

extension RuleHeader {
  private static let keys = [
    "id", "title", "subject", "severity", "staged", "category", "rationale", "remedy", "remedy_command", "references",
    "controls", "parameters",
  ]

  /// The header of a rule that a policy names, with what the build checks of built-in ones.
  func ownDescription() throws -> RuleDescription {
    for entry in root.entries ?? [] where !Self.keys.contains(entry.key) {
      throw RuleFile.Mistake(
        path: path, line: entry.line,
        message:
          "unknown header key `\(entry.key)`; valid are \(Self.keys.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let id = try text("id")
    let name = path.split(separator: "/").last.map { String($0.dropLast(".sql".count)) } ?? ""
    guard id == name else { throw mistake("id", "`id` is `\(id)` and must be the file's name, `\(name)`") }
    guard RuleFile.isID(id) else {
      throw mistake("id", "`\(id)` is no id: lower-case letters and digits, words joined by `-`")
    }
    let category = try root["category"] == nil ? "own" : text("category")
    guard RuleFile.isID(category) else {
      throw mistake("category", "`\(category)` is no category: lower-case letters and digits, words joined by `-`")
    }
    let about = try description(category: category)
    guard !about.subjects.isEmpty else {
      throw mistake(
        "subject",
        "the header lacks `subject`: one or several of \(SubjectKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return about
  }
}
