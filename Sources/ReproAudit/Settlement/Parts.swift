import AuditDatabase
import Records

/// The flagged items of one result, and who covers which.
struct Parts {
  /// Some of the parts, and how many of those that the rule does not list.
  struct Selection {
    var places: [Int] = []
    var rest = 0

    var count: Int { places.count + rest }
  }

  /// As a baseline names them; one `.whole` for a finding without items.
  let parts: [BaselineEntry.Part]
  /// Nil for a finding without items.
  let items: [DetailList.Item]?
  private var owners: [Int64?]
  /// Items beyond those that the rule lists, of which only the number is known.
  private let rest: Int
  private var restOwners: [(owner: Int64, count: Int)] = []

  init(_ list: DetailList?) {
    let items = list.flatMap { $0.items.isEmpty ? nil : $0.items }
    self.items = items
    parts = items?.map { .item(path: $0.path ?? "", item: $0.item ?? "") } ?? [.whole]
    rest = max(0, (list?.count ?? 0) - parts.count)
    owners = parts.map { _ in nil }
  }

  var count: Int { parts.count + rest }

  /// What `waiver` speaks of, covered already or not.
  func match(_ waiver: Waiver) -> Selection {
    guard !waiver.items.isEmpty else { return Selection(places: Array(parts.indices), rest: rest) }
    let places = parts.indices.filter { place in
      guard case .item(_, let item) = parts[place] else { return false }
      return waiver.items.contains { $0.covers(item) }
    }
    return Selection(places: places)
  }

  /// Gives what nobody covers yet to `owner`.
  mutating func cover(_ selection: Selection, by owner: Int64) {
    for place in selection.places where owners[place] == nil { owners[place] = owner }
    let free = min(selection.rest, open.rest)
    if free > 0 { restOwners.append((owner, free)) }
  }

  /// What nobody covers.
  var open: Selection {
    Selection(
      places: parts.indices.filter { owners[$0] == nil }, rest: rest - restOwners.reduce(0) { $0 + $1.count })
  }

  /// How much each covers, by owner.
  var coverage: [Coverage] {
    var counts: [Int64: Int] = [:]
    for owner in owners { if let owner { counts[owner, default: 0] += 1 } }
    for (owner, count) in restOwners { counts[owner, default: 0] += count }
    return counts.sorted { $0.key < $1.key }.map { Coverage(waiver: $0.key, details: $0.value) }
  }
}
