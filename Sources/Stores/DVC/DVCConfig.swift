import Documents
import Records

/// `.dvc/config`, and `.dvc/config.local` over it: where the cache is and which remotes there are.
struct DVCConfig: Sendable {
  /// As written; relative to `.dvc`.
  private(set) var cacheDirectory: String?
  /// URL by name; relative ones are relative to `.dvc`.
  private(set) var remotes: [String: String] = [:]

  /// The configuration in the folder `.dvc`.
  static func read(_ folder: TreePath, in tree: StoreTree) -> DVCConfig {
    var config = DVCConfig()
    for name in ["config", "config.local"] {
      if let bytes = try? tree.read(folder.appending(name)) { config.apply(TextDecoding.decode(bytes)) }
    }
    return config
  }

  /// Takes what one file says over what was known: sections `[core]`, `['remote "name"']`, and `key = value` lines.
  mutating func apply(_ text: String) {
    var section = ""
    for raw in text.split(whereSeparator: \.isNewline) {
      let line = Self.trimmed(raw)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        section = Self.trimmed(line.dropFirst().dropLast())
        if section.hasPrefix("'"), section.hasSuffix("'"), section.count > 1 {
          section = String(section.dropFirst().dropLast())
        }
        continue
      }
      guard let equals = line.firstIndex(of: "=") else { continue }
      let key = Self.trimmed(line[..<equals])
      let value = Self.trimmed(line[line.index(after: equals)...])
      if section == "cache", key == "dir" { cacheDirectory = value }
      if section.hasPrefix("remote \""), section.hasSuffix("\""), key == "url" {
        remotes[String(section.dropFirst(8).dropLast())] = value
      }
    }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let from = text.drop { $0 == " " || $0 == "\t" }
    guard let last = from.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(from[...last])
  }
}
