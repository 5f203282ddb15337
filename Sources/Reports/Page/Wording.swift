import Lineage
import Records

/// The words, icons and marks that pages use for the closed sets of the design.
enum Wording {
  /// An outcome as reports show it; the icon is a symbol of the HTML page, the mark one character for text.
  struct Sign: Sendable {
    let label: String
    let icon: String
    let mark: String
    let meaning: String
  }

  /// In the order reports list them: what needs eyes first.
  static let outcomes: [Outcome] = [.fail, .unverified, .waived, .baselined, .pass, .notApplicable]

  static func sign(_ outcome: Outcome) -> Sign {
    switch outcome {
    case .fail:
      Sign(label: "fail", icon: "fail", mark: "❌", meaning: "A finding: the rule does not hold for the subject.")
    case .unverified:
      Sign(
        label: "unverified", icon: "unverified", mark: "❓",
        meaning:
          "Undecided: unreadable, out of reach, out of budget, or declared out of scope. It never counts as a pass.")
    case .waived:
      Sign(
        label: "waived", icon: "waived", mark: "📝",
        meaning: "A finding that a waiver of the policy accepts until it expires.")
    case .baselined:
      Sign(
        label: "baselined", icon: "waived", mark: "📌",
        meaning: "A finding that was already known when the baseline was written.")
    case .pass: Sign(label: "pass", icon: "pass", mark: "✅", meaning: "The rule was decided, and it holds.")
    case .notApplicable:
      Sign(
        label: "not applicable", icon: "not-applicable", mark: "➖",
        meaning: "The rule asks nothing of the subject, and says why.")
    }
  }

  static func sign(_ severity: Severity) -> Sign {
    switch severity {
    case .error: Sign(label: "error", icon: "error", mark: "🔴", meaning: "The subject cannot be reproduced or trusted.")
    case .warning:
      Sign(label: "warning", icon: "warning", mark: "🟠", meaning: "A rerun may differ, or a proof is weak.")
    case .note: Sign(label: "note", icon: "note", mark: "🔵", meaning: "Worth knowing.")
    }
  }

  /// What is known of a lineage node; a missing parent is a `gap`.
  static func sign(of node: LineageNode) -> (id: String, sign: Sign) {
    if node.isGap {
      return ("gap", Sign(label: "gap", icon: "gap", mark: "⚠️", meaning: "A parent that is not recorded."))
    }
    if let outcome = node.outcome { return (outcome.rawValue, sign(outcome)) }
    return (
      "recorded",
      Sign(label: "recorded", icon: "recorded", mark: "▫️", meaning: "Recorded; no rule judges it by itself.")
    )
  }

  static func verdict(_ verdict: PageFacts.Verdict) -> (id: String, sign: Sign) {
    switch verdict {
    case .compliant:
      (
        "compliant",
        Sign(
          label: "Compliant", icon: "pass", mark: "✅",
          meaning: "Everything in scope was examined, and no finding weighs enough to fail the audit.")
      )
    case .findings:
      (
        "findings",
        Sign(
          label: "Findings", icon: "fail", mark: "❌",
          meaning: "Everything in scope was examined, and at least one finding weighs enough to fail the audit.")
      )
    case .incomplete:
      (
        "incomplete",
        Sign(
          label: "Incomplete", icon: "unverified", mark: "❓",
          meaning: "Something in scope could not be examined or decided, so this audit proves nothing about it.")
      )
    case .integrityLost:
      (
        "integrity-lost",
        Sign(
          label: "Integrity lost", icon: "broken", mark: "⛔",
          meaning: "What was published is damaged, replaced or gone: what is served is not what was tested.")
      )
    }
  }

  static func noun(_ kind: SubjectKind) -> (one: String, many: String) {
    switch kind {
    case .alias: ("alias", "aliases")
    case .dataset: ("dataset", "datasets")
    case .model: ("model", "models")
    case .run: ("run", "runs")
    case .store: ("store", "stores")
    case .version: ("version", "versions")
    case .waiver: ("waiver", "waivers")
    }
  }

  static func count(_ number: Int, of kinds: [SubjectKind]) -> String {
    let noun = kinds.count == 1 ? noun(kinds[0]) : ("subject", "subjects")
    return Figures.count(number, noun.0, plural: noun.1)
  }
}
