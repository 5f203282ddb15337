import Records

/// Finds seeds among params and tags, for tools that have no place of their own for them.
enum SeedNames {
  private static let general: Set<String> = ["", "global", "random", "rng", "all", "master", "base", "main"]

  /// The seeds among `items`, by framework; `all` is one that is given for the whole run.
  static func find(in items: [NamedText]) -> [NamedText] {
    var found: [NamedText] = []
    for item in items {
      guard let framework = framework(of: item.name), let text = item.text, isSeed(text),
        !found.contains(where: { $0.name == framework })
      else { continue }
      found.append(NamedText(name: framework, text: text, line: item.line))
    }
    return found
  }

  /// `seed`, `random_state`, `torch_seed`, `model.seed`, `clf__random_state`; nil for any other name.
  static func framework(of key: String) -> String? {
    // Nearly all names end otherwise, and need no copy.
    guard let last = key.utf8.last, last | 0x20 == UInt8(ascii: "d") || last | 0x20 == UInt8(ascii: "e") else {
      return nil
    }
    let name = key.split(whereSeparator: { $0 == "." || $0 == "/" }).last.map { $0.lowercased() } ?? ""
    if name == "random_state" || name == "seed" { return "all" }
    // The parameter of scikit-learn's estimators, behind the step of a pipeline.
    if name.hasSuffix("__random_state") { return "sklearn" }
    for suffix in ["_random_state", "_random_seed", "_seed"] where name.hasSuffix(suffix) {
      let prefix = String(name.dropLast(suffix.count))
      return general.contains(prefix) ? "all" : prefix
    }
    return nil
  }

  /// `None` and `True` seed nothing.
  private static func isSeed(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return !digits.isEmpty && digits.allSatisfy { $0 >= 48 && $0 <= 57 }
  }
}
