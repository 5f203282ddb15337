import Reports

/// The form of a baseline: JSON lines, sorted, with a first and a last line that say what it is and that it is whole.
enum BaselineText {
  static let schema = "repro-audit/baseline/1"
  /// Without its number.
  static let schemaName = "repro-audit/baseline/"
  /// The last line: without it, the end of the file is missing. A count would make every merge a conflict.
  static let end = "{\"end\":true}"

  static func quoted(_ text: String) -> String { JSONWriter.quoted(text) }

  /// The first line; `namesStores` where several directories were audited.
  static func head(namesStores: Bool) -> String {
    "{\"schema\":\(quoted(schema)),\"stores\":\"\(namesStores ? "named" : "one")\"}"
  }

  /// A rule that was there when the baseline was written.
  static func known(_ rule: String) -> String { "{\"known\":\(quoted(rule))}" }

  /// The whole file: the same for the same entries, in whatever order they come.
  static func text(namesStores: Bool, known: Set<String>, lines: [String]) -> String {
    let sorted = Set(lines).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let all = [head(namesStores: namesStores)] + known.sorted().map(self.known) + sorted + [end]
    return all.joined(separator: "\n") + "\n"
  }
}
