import AuditDatabase
import Records

/// Which of the policy's exceptions hold for which subjects of this scan.
struct SettledExceptions: Sendable {
  /// Rule → subject → index of the last exception that names both.
  private var places: [String: [Int64: Int]] = [:]
  private let exceptions: [SubjectException]
  /// What matches nothing, for people.
  private(set) var notices: [String] = []

  init(_ exceptions: [SubjectException], facts: SubjectFacts) throws {
    self.exceptions = exceptions
    guard !exceptions.isEmpty else { return }
    var isMet = exceptions.map { $0.subjects.map { _ in false } }
    var places: [String: [Int64: Int]] = [:]
    try facts.forEachSubject { id, kind, name in
      for (index, exception) in exceptions.enumerated() where (exception.kind ?? kind) == kind {
        var isCovered = false
        // A glob that has met a subject is only asked again while no other covers this one.
        for (place, glob) in exception.subjects.enumerated() where !isCovered || !isMet[index][place] {
          if glob.covers(name) {
            isMet[index][place] = true
            isCovered = true
          }
        }
        if isCovered { for rule in exception.rules.keys { places[rule, default: [:]][id] = index } }
      }
    }
    self.places = places
    for (exception, met) in zip(exceptions, isMet) {
      for (glob, isMet) in zip(exception.subjects, met) where !isMet {
        let what = exception.kind.map { "\($0.rawValue)" } ?? "subject"
        notices.append("\(exception.path):\(exception.line): `\(glob.pattern)` matches no \(what)")
      }
    }
  }

  /// Whether any subject is treated apart by the rule.
  func concern(_ rule: String) -> Bool { places[rule] != nil }

  /// What the policy says of rule and subject apart; nil when nothing.
  func exception(from rule: String, of subject: Int64) -> (exception: SubjectException, severity: Severity?)? {
    guard let index = places[rule]?[subject], let severity = exceptions[index].rules[rule] else { return nil }
    return (exceptions[index], severity)
  }
}
