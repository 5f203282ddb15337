/// Finds the name that was probably meant.
enum NearestName {
  /// `unknown rule `mising-commit`; did you mean `missing-commit`?`
  static func message(_ what: String, _ name: String, among names: [String]) -> String {
    let nearest = find(name, among: names).map { "; did you mean `\($0)`?" }
    let few = names.count <= 8 ? "; valid are \(names.sorted().map { "`\($0)`" }.joined(separator: ", "))" : ""
    return "unknown \(what) `\(name)`" + (nearest ?? few)
  }

  /// As `message`, with every name that may be meant, at most three: those close by, then those that hold the name.
  static func several(_ what: String, _ name: String, among names: [String]) -> String {
    let limit = limit(name)
    let letters = Array(name.lowercased())
    let close = names.sorted().map { (name: $0, distance: distance(letters, Array($0.lowercased()))) }
      .filter { $0.distance <= limit }.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.map(\.name)
    let holding = name.count < 2 ? [] : names.sorted().filter { $0.contains(name) && !close.contains($0) }
    let near = (close + holding).prefix(3).map { "`\($0)`" }
    guard near.count > 1, let last = near.last else {
      return near.isEmpty ? message(what, name, among: names) : "unknown \(what) `\(name)`; did you mean \(near[0])?"
    }
    return "unknown \(what) `\(name)`; did you mean \(near.dropLast().joined(separator: ", ")) or \(last)?"
  }

  private static func limit(_ name: String) -> Int { max(2, name.count / 3) }

  /// The closest of `names` by edit distance, when it is close enough to be meant.
  static func find(_ name: String, among names: [String]) -> String? {
    let limit = limit(name)
    return names.sorted().map { (name: $0, distance: distance(Array(name.lowercased()), Array($0.lowercased()))) }
      .filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// Levenshtein's.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substitution = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
