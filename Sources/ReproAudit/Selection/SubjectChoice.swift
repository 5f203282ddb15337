import AuditDatabase
import Records

extension SubjectEvidence {
  /// The one subject of this name; throws what the user has to say besides when there is none or are several.
  static func choose(
    _ name: String, store: String?, kind: String?, in audit: AuditResult
  ) throws -> Found {
    let all = try find(name, in: audit.database)
    guard !all.isEmpty else {
      throw AuditError.unusable(
        NearestName.several("subject", name, among: try SubjectSelection(database: audit.database).names()))
    }
    let fitting = all.filter {
      (store ?? $0.subject.store) == $0.subject.store && (kind ?? $0.subject.kind.rawValue) == $0.subject.kind.rawValue
    }
    guard fitting.count == 1 else {
      let list = all.map { "  \($0.subject.kind.rawValue) in store \(ShellText.quoted($0.subject.store))" }
      throw AuditError.unusable(
        "`\(name)` is \(fitting.isEmpty ? "none of that store or kind" : "several subjects"); choose with --store and --kind:\n"
          + list.joined(separator: "\n"))
    }
    return fitting[0]
  }
}
