/// Finds keys that stand twice in a map.
struct KeyGuard {
  /// A linear look is quicker than hashing for the few keys that records have.
  private static let fewKeys = 16

  private var list: [String] = []
  private var set: Set<String> = []

  /// False when the key was there before.
  mutating func insert(_ key: String) -> Bool {
    if set.isEmpty, list.count < Self.fewKeys {
      if list.contains(key) { return false }
      list.append(key)
      return true
    }
    if set.isEmpty { set = Set(list) }
    return set.insert(key).inserted
  }
}
