/// Where a value of the effective policy comes from.
struct PolicyOrigin: Sendable, Hashable, CustomStringConvertible {
  /// A file as the user named it, or `built-in strict`.
  let source: String
  /// From 1; nil for what no file says.
  let line: Int?

  var description: String { line.map { "\(source):\($0)" } ?? source }
}

/// Names one value of a policy by the keys that lead to it, such as `rules`, `missing-seed`, `severity`.
struct PolicyPlace: Sendable, Hashable {
  let keys: [String]

  init(_ keys: String...) { self.keys = keys }
}
