import Documents
import Records
import Rules

extension PolicyReader {
  /// The keys of a waiver file; a policy may have them too.
  static let waiverKeys = ["waivers", "attestations"]

  private static let waiverFields = [
    "rule", "subject", "item", "items", "digest", "reason", "owner", "approved_by", "created", "expires",
  ]
  private static let attestationFields = ["rule", "subject", "statement", "attested_by", "updated", "frequency"]

  /// `waivers`: maps that each accept a finding, and names of files that hold such.
  mutating func readWaivers(_ section: DocumentEntry) throws(PolicyError) {
    for node in try list(section.node, "`waivers`") {
      attempt { reader throws(PolicyError) in
        if let file = node.text {
          try reader.readWaiverFile(named: file, line: node.line)
        } else {
          reader.policy.waivers.append(try reader.waiver(node))
        }
      }
    }
  }

  /// `attestations`: maps by which a person confirms what the audit cannot decide.
  mutating func readAttestations(_ section: DocumentEntry) throws(PolicyError) {
    for node in try list(section.node, "`attestations`") {
      attempt { reader throws(PolicyError) in reader.policy.waivers.append(try reader.attestation(node)) }
    }
  }

  /// `waiver_horizon`: how long a waiver may last at most.
  mutating func readWaiverHorizon(_ entry: DocumentEntry) throws(PolicyError) {
    policy.waiverHorizon = try days(entry.node, "waiver_horizon")
    mark(PolicyPlace("waiver_horizon"), line: entry.line)
  }

  private func waiver(_ node: DocumentNode) throws(PolicyError) -> Waiver {
    let rule = try fields(
      of: node, "a waiver", known: Self.waiverFields,
      needed: ["rule", "subject", "reason", "owner", "approved_by", "created", "expires"])
    guard node["item"] == nil || node["items"] == nil else {
      throw mistake("a waiver takes `item` or `items`, not both", line: node.line)
    }
    var items: [Glob] = []
    if let listed = node["item"] ?? node["items"] {
      items = try texts(listed, "`items`").map(Glob.init)
      guard !items.isEmpty, !items.contains(where: { $0.pattern.isEmpty }) else {
        throw mistake("`items` names at least one flagged item; without the key, all are covered", line: listed.line)
      }
    }
    var digests: [Digest] = []
    if let listed = node["digest"] {
      for text in try texts(listed, "`digest`") {
        guard let digest = Digest(text: text) else {
          throw mistake("`digest` takes a digest such as sha256:9f…, not `\(text.prefix(80))`", line: listed.line)
        }
        digests.append(digest)
      }
      guard !digests.isEmpty else { throw mistake("`digest` names at least one digest", line: listed.line) }
    }
    let created = try date(node, "created")
    let expires = try date(node, "expires")
    guard created <= expires else {
      throw mistake("the waiver expires on \(expires), before it was created on \(created)", line: node.line)
    }
    return Waiver(
      form: .waiver, rule: rule, subject: Glob(try words(node, "subject")), items: items, digests: digests,
      reason: try words(node, "reason"), owner: try words(node, "owner"), approvedBy: try words(node, "approved_by"),
      created: created, expires: expires, path: path, line: node.line)
  }

  private func attestation(_ node: DocumentNode) throws(PolicyError) -> Waiver {
    let rule = try fields(
      of: node, "an attestation", known: Self.attestationFields, needed: Self.attestationFields)
    let updated = try date(node, "updated")
    return Waiver(
      form: .attestation, rule: rule, subject: Glob(try words(node, "subject")), items: [], digests: [],
      reason: try words(node, "statement"), owner: try words(node, "attested_by"), approvedBy: nil, created: updated,
      expires: try expiry(of: updated, node["frequency"] ?? node), path: path, line: node.line)
  }

  /// Checks the keys and returns the rule.
  private func fields(
    of node: DocumentNode, _ what: String, known: [String], needed: [String]
  ) throws(PolicyError) -> String {
    for entry in try map(node, what) where !known.contains(entry.key) {
      throw unknown("key of \(what)", entry.key, among: known, line: entry.line)
    }
    let missing = needed.filter { node[$0].map(\.isNull) ?? true }
    guard missing.isEmpty else {
      throw mistake("\(what) lacks \(missing.map { "`\($0)`" }.joined(separator: ", "))", line: node.line)
    }
    let id = try words(node, "rule")
    let line = node["rule"]?.line ?? node.line
    guard let rule = catalogue[id]?.description else {
      throw unknown("rule", id, among: catalogue.rules.map(\.description.id), line: line)
    }
    guard !rule.judgesWaivers else {
      throw mistake("`\(id)` judges waivers and cannot be waived; mend or remove the waiver it flags", line: line)
    }
    return id
  }

  /// A text that says something.
  private func words(_ node: DocumentNode, _ key: String) throws(PolicyError) -> String {
    guard let value = node[key], let text = value.text, text.contains(where: { !$0.isWhitespace }) else {
      let isEmpty = node[key]?.text != nil
      throw mistake(
        isEmpty ? "`\(key)` is empty; fill it in" : "`\(key)` must be a text", line: node[key]?.line ?? node.line)
    }
    return text
  }

  private func date(_ node: DocumentNode, _ key: String) throws(PolicyError) -> CalendarDate {
    guard let text = node[key]?.text, let date = CalendarDate(text) else {
      throw mistake(
        "`\(key)` takes a day such as 2026-06-30, not `\((node[key]?.text ?? "").prefix(80))`",
        line: node[key]?.line ?? node.line)
    }
    return date
  }

  private func expiry(of updated: CalendarDate, _ node: DocumentNode) throws(PolicyError) -> CalendarDate {
    switch node.text {
    case "daily": return updated.adding(days: 1)
    case "weekly": return updated.adding(days: 7)
    case "monthly": return updated.adding(months: 1)
    case "quarterly": return updated.adding(months: 3)
    case "yearly": return updated.adding(months: 12)
    default:
      guard let text = node.text, text.first?.isNumber == true else {
        throw unknown(
          "frequency", node.text ?? "", among: ["daily", "weekly", "monthly", "quarterly", "yearly", "90d"],
          line: node.line)
      }
      return updated.adding(days: try days(node, "frequency"))
    }
  }

  /// A duration of whole days, at least one.
  private func days(_ node: DocumentNode, _ key: String) throws(PolicyError) -> Int {
    guard let text = node.text, let duration = PolicyDuration(text), duration.seconds >= 86_400,
      duration.seconds % 86_400 == 0
    else { throw mistake("`\(key)` takes whole days, as 90d or 2w", line: node.line) }
    return duration.seconds / 86_400
  }
}

extension RuleDescription {
  /// Rules about waivers see what waivers cover, so no waiver, baseline or exception may cover them.
  var judgesWaivers: Bool { subjects.contains(.waiver) }
}
