import AuditDatabase
import Records

/// The policy's waivers as they hold in this scan: in force or not, and for which content.
struct WaiverIndex: Sendable {
  struct Entry: Sendable {
    /// Of its subject in the database; in the policy's order.
    let id: Int64
    let waiver: Waiver
    let isInForce: Bool
    /// The subjects that have a file of its digests; nil when it names none.
    let owners: Set<Int64>?
  }

  /// The waivers of one rule: by name where they give one, so that ten thousand of them cost no more than one.
  struct Group: Sendable {
    private var named: [String: [Entry]] = [:]
    private var patterns: [Entry] = []

    init(_ entries: [Entry]) {
      for entry in entries {
        let glob = entry.waiver.subject
        if glob.isLiteral { named[glob.pattern, default: []].append(entry) } else { patterns.append(entry) }
      }
    }

    /// The waivers that speak of a subject of this name, in the policy's order, whatever content they are bound to.
    func entries(naming name: String) -> [Entry] {
      let exact = named[name] ?? []
      let matching = patterns.filter { $0.waiver.subject.covers(name) }
      return exact.isEmpty || matching.isEmpty ? exact + matching : (exact + matching).sorted { $0.id < $1.id }
    }

    /// Those that hold for the content of the subject, too.
    func entries(of subject: Int64, named name: String) -> [Entry] {
      entries(naming: name).filter { $0.owners?.contains(subject) ?? true }
    }
  }

  private let groups: [String: Group]
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
    groups = Dictionary(grouping: all, by: \.waiver.rule).mapValues(Group.init)
    guard !all.isEmpty else { return }
    var usage = Dictionary(all.map { ($0.id, WaiverFacts.Usage()) }, uniquingKeysWith: { $1 })
    let hasRead = try facts.hasReadFiles()
    for entry in all where entry.owners != nil { usage[entry.id]?.binding = hasRead ? .changed : .unread }
    var groupsByKind: [SubjectKind: [Group]] = [:]
    for (rule, group) in groups { for kind in kinds[rule] ?? [] { groupsByKind[kind, default: []].append(group) } }
    try facts.forEachSubject { id, kind, name in
      for group in groupsByKind[kind] ?? [] {
        for entry in group.entries(naming: name) {
          usage[entry.id]?.subjects += 1
          if entry.owners?.contains(id) == true { usage[entry.id]?.binding = .bound }
        }
      }
    }
    self.usage = usage
  }

  /// The waivers of one rule; nil when there are none.
  subscript(rule: String) -> Group? { groups[rule] }
}
