import AuditDatabase
import Records

/// What the exit status of a scan says; the highest that applies.
public enum ExitCode: Int32, Sendable, CaseIterable {
  case compliant = 0
  case findings = 1
  case incomplete = 2
  case integrityLost = 3

  /// One word or two for people.
  public var verdict: String {
    switch self {
    case .compliant: "compliant"
    case .findings: "findings"
    case .incomplete: "incomplete"
    case .integrityLost: "integrity lost"
    }
  }
}

/// When findings make a scan fail.
public enum FailureThreshold: String, Sendable, CaseIterable {
  case error, warning, note, never

  func applies(to severity: Severity) -> Bool {
    switch self {
    case .error: severity >= .error
    case .warning: severity >= .warning
    case .note: true
    case .never: false
    }
  }
}

extension AuditResult {
  /// Decided once, from the results alone, whatever reports are written.
  public func exitCode(failOn threshold: FailureThreshold) -> ExitCode {
    if !summary.lostFiles.isEmpty || ledger.fault != nil { return .integrityLost }
    if emptiness != nil { return .compliant }
    if isIncomplete { return .incomplete }
    let counts = summary.severities.contains { $0.value > 0 && threshold.applies(to: $0.key) }
    return counts ? .findings : .compliant
  }

  /// Whether something could not be examined or decided, whatever was found besides.
  ///
  /// A scan that leaves files out is whole as long as each was verified within the promise.
  var isIncomplete: Bool {
    emptiness == nil
      && (!foundAnything || summary.undecided > 0 || summary.gaps > 0 || summary.files.coverage?.isBroken == true)
  }

  /// One sentence that says why the exit code is what it is.
  public func explanation(failOn threshold: FailureThreshold) -> String {
    switch exitCode(failOn: threshold) {
    case .compliant where emptiness != nil: return "nothing to judge: \(emptiness ?? "")"
    case .integrityLost where summary.lostFiles.isEmpty: return ledger.fault ?? ""
    case .integrityLost:
      let count = summary.lostFiles.count
      let lost =
        count == 1
        ? "\(summary.lostFiles[0]) is published and is not what was published"
        : "\(count) published files are missing or not what was published"
      return [lost, ledger.fault].compactMap(\.self).joined(separator: "; ")
    case .incomplete where !foundAnything: return "nothing to audit was found"
    case .incomplete where summary.gaps > 0:
      return summary.gaps == 1
        ? "1 record or directory could not be read" : "\(summary.gaps) records or directories could not be read"
    case .incomplete where summary.undecided == 0:
      return "files that were not read are overdue: \(summary.files.coverage?.text ?? "")"
    case .incomplete:
      return summary.undecided == 1 ? "1 result is undecided" : "\(summary.undecided) results are undecided"
    case .findings: return Self.findings(summary.severities.filter { threshold.applies(to: $0.key) })
    case .compliant:
      let lesser = summary.severities.filter { $0.value > 0 }
      return lesser.isEmpty
        ? "every rule in scope holds for every \(selection == nil ? "" : "selected ")subject"
        : "only \(Self.findings(lesser)), below --fail-on"
    }
  }

  /// `3 errors, 1 warning`.
  private static func findings(_ counts: [Severity: Int]) -> String {
    counts.filter { $0.value > 0 }.sorted { $0.key > $1.key }
      .map { "\($0.value) \($0.key.rawValue)\($0.value == 1 ? "" : "s")" }.joined(separator: ", ")
  }
}
