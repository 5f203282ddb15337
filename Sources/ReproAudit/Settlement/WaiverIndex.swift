import AuditDatabase
import Records

/// The policy's waivers as they hold in this scan: in force or not, and for which content.
struct WaiverIndex: Sendable {
  struct Entry: Sendable {
    /// Of its subject in the database.
    let id: Int64
    let waiver: Waiver
    let isInForce: Bool
    /// The subjects that have a file of its digests; nil when it names none.
    let owners: Set<Int64>?

    func matches(_ subject: Int64, _ name: String) -> Bool {
      (owners?.contains(subject) ?? true) && waiver.subject.covers(name)
    }
  }

  /// By rule, in the policy's order.
  private let entries: [String: [Entry]]
  private(set) var usage: [Int64: WaiverFacts.Usage] = [:]

  /// `ids` are the waivers' subjects, `kinds` what each rule judges, `today` the scan's day in UTC.
  init(
    _ policy: Policy, ids: [Int64], kinds: [String: [SubjectKind]], today: CalendarDate, facts: SubjectFacts
  ) throws {
    let owners = try facts.owners(of: Set(policy.waivers.flatMap(\.digests)))
    let all = zip(ids, policy.waivers).map { id, waiver in
      let bound =
        waiver.digests.isEmpty
        ? nil : waiver.digests.reduce(into: Set<Int64>()) { $0.formUnion(owners["\($1.algorithm):\($1.hex)"] ?? []) }
      return Entry(
        id: id, waiver: waiver,
        isInForce: waiver.created <= today && today <= waiver.ends(horizon: policy.waiverHorizon), owners: bound)
    }
    entries = Dictionary(grouping: all, by: \.waiver.rule)
    guard !all.isEmpty else { return }
    var usage = Dictionary(all.map { ($0.id, WaiverFacts.Usage()) }, uniquingKeysWith: { $1 })
    let hasRead = try facts.hasReadFiles()
    for entry in all where entry.owners != nil { usage[entry.id]?.binding = hasRead ? .changed : .unread }
    try facts.forEachSubject { id, kind, name in
      for entry in all where kinds[entry.waiver.rule]?.contains(kind) == true && entry.waiver.subject.covers(name) {
        usage[entry.id]?.subjects += 1
        if entry.owners?.contains(id) == true { usage[entry.id]?.binding = .bound }
      }
    }
    self.usage = usage
  }

  /// The waivers of one rule.
  subscript(rule: String) -> [Entry] { entries[rule] ?? [] }
}
