import Records

/// Seeds among parameters, for tools that have no place of their own for them.
enum SeedNames {
  private static let whole: Set<String> = [
    "seed", "random_seed", "random_state", "rng_seed", "global_seed", "seed_everything",
  ]

  /// `seed` and `random_state` are of the whole run; `numpy_seed` and `seeds.numpy` of numpy.
  static func seeds(in params: [NamedText]) -> [NamedText] {
    params.compactMap { param in
      guard let text = param.text, !text.isEmpty else { return nil }
      return framework(param.name).map { NamedText(name: $0, text: text, line: param.line) }
    }
  }

  /// What a parameter's name says that it seeds; nil when it is no seed.
  static func framework(_ name: String) -> String? {
    let parts = name.split { $0 == "." || $0 == "/" || $0 == ":" }.map { RecordVocabulary.normalised(String($0)) }
    guard let last = parts.last else { return nil }
    if whole.contains(last) { return "all" }
    if last.hasSuffix("_seed") { return String(last.dropLast(5)) }
    if last.hasSuffix("_random_state") { return "all" }
    return parts.count > 1 && (parts[parts.count - 2] == "seeds") ? last : nil
  }
}
