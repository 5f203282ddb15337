import Records
import Rules

/// What the members of a pack are called.
enum EvidenceNames {
  static let database = "audit.db"
  static let files = "files.jsonl"
  static let baseline = "policy/baseline.jsonl"
  static let policy = "policy/policy.yaml"
  static let runSchema = "policy/run-schema"
  static let statement = "pack.json"

  /// The `index`th file of waivers, from 0.
  static func waivers(_ index: Int) -> String { "policy/waivers-\(index + 1).yaml" }

  /// `rules/<category>/<id>.sql`, and those that the policy brings along in a folder of their own.
  static func rule(_ rule: RuleFile) -> String {
    let folder = rule.isOwn ? "own-rules" : "rules/\(rule.description.category)"
    return "\(folder)/\(rule.description.id).sql"
  }

  /// Whether a member is a rule, and where it would lie in the catalogue.
  static func place(ofRule name: String) -> (path: String, isOwn: Bool)? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard let file = parts.last, file.hasSuffix(".sql"), isWord(file.dropLast(4)) else { return nil }
    if parts.count == 2, parts[0] == "own-rules" { return (String(file), true) }
    guard parts.count == 3, parts[0] == "rules", isWord(parts[1]) else { return nil }
    return ("\(parts[1])/\(file)", false)
  }

  private static func isWord(_ text: Substring) -> Bool {
    text.utf8.count <= 100 && text.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
  }
}
