/// Finds the name that was probably meant.
enum NearestName {
  /// `unknown rule `mising-commit`; did you mean `missing-commit`?`
  static func message(_ what: String, _ name: String, among names: [String]) -> String {
    let nearest = find(name, among: names).map { "; did you mean `\($0)`?" }
    let few = names.count <= 8 ? "; valid are \(names.sorted().map { "`\($0)`" }.joined(separator: ", "))" : ""
    return "unknown \(what) `\(name)`" + (nearest ?? few)
  }

  /// The closest of `names` by edit distance, when it is close enough to be meant.
  static func find(_ name: String, among names: [String]) -> String? {
    let limit = max(2, name.count / 3)
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
