import Records
import Rules

/// The catalogue for people: `rules list` and `rules explain`.
public struct RuleListing: Sendable {
  private let catalogue: RuleCatalogue

  /// The built-in rules, and those that `policy` (a file, or the name of a built-in one) brings along.
  public init(policy: String? = nil) throws {
    let builtIn = try RuleCatalogue.builtIn()
    guard let policy else {
      catalogue = builtIn
      return
    }
    catalogue = builtIn.adding(try PolicyFinder(catalogue: builtIn).find(policy, near: ".").ownRules)
  }

  /// One line a rule, by category.
  public var list: String {
    let rules = catalogue.rules.map(\.description)
    let width = rules.map(\.id.count).max() ?? 0
    var text = ""
    for category in Set(rules.map(\.category)).sorted() {
      text += "\(category)\n"
      for rule in rules where rule.category == category {
        let pad = String(repeating: " ", count: width - rule.id.count)
        let severity = rule.severity.rawValue + String(repeating: " ", count: 7 - rule.severity.rawValue.count)
        text += "  \(rule.id)\(pad)  \(severity)  \(rule.title)\n"
      }
    }
    return text
  }

  /// A table for the README.
  public var markdownTable: String {
    let rows = catalogue.rules.map(\.description).sorted { ($0.category, $0.id) < ($1.category, $1.id) }.map {
      "| \($0.category) | `\($0.id)` | \($0.severity.rawValue) | \($0.title) |"
    }
    return (["| category | rule | severity | what it finds |", "|---|---|---|---|"] + rows).joined(separator: "\n")
      + "\n"
  }

  /// A Markdown page for each rule, and an index of them.
  public var pages: [(name: String, text: String)] {
    let pages = catalogue.rules.map { (name: "\($0.description.id).md", text: Self.page($0)) }
    let index = "# Rules\n\nMade from the headers of the rules by `make generate`.\n\n" + linkedTable
    return [("README.md", index)] + pages
  }

  private var linkedTable: String {
    markdownTable.replacing(/\| `([a-z-]+)` \|/) { "| [`\($0.1)`](\($0.1).md) |" }
  }

  private static let commandNote = "`{item}` is `{folder}/{file}`, `{path}` where it stands"

  private static func page(_ rule: RuleFile) -> String {
    let about = rule.description
    let list = { (items: [String]) in items.map { "- \($0)\n" }.joined() }
    var text = "# \(about.id)\n\n\(about.title).\n\n"
    text +=
      "Category: \(about.category) · severity: \(Self.severity(about)) · judges: \(about.subjects.map(\.rawValue).joined(separator: ", "))\n"
    text += "\n## Why it matters\n\n\(about.rationale)\n\n## What to do\n\n\(about.remedy)\n"
    text += StoreRemedies.texts(for: about.id).map { "\n\($0)\n" }.joined()
    if let command = about.remedyCommand {
      text += "\nFor each flagged item, in the store's directory (\(commandNote)):\n\n```sh\n\(command)\n```\n"
    }
    if !about.parameters.isEmpty {
      text += "\n## Parameters\n\n"
      text += list(
        about.parameters.map { "`\($0.name)` (\($0.kind.rawValue), default `\($0.defaultValue)`): \($0.meaning)" })
    }
    text += "\n## Speaks to\n\nInformative, never a claim of conformity.\n\n"
    text += list(about.controls.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))" })
    text += "\n## Read more\n\n" + list(about.references.map { "<\($0)>" })
    let select = rule.select.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n")
    return text + "\n## The question it asks\n\n```sql\n\(select)\n```\n"
  }

  private static func severity(_ about: RuleDescription) -> String {
    about.severity.rawValue + (about.staged.map { ", \($0.rawValue) once an alias reaches it" } ?? "")
  }

  /// All that a rule's header says, and its SQL; throws for an unknown id.
  public func explain(_ id: String) throws -> String {
    guard let rule = catalogue[id] else {
      throw AuditError.unknownRule(NearestName.message("rule", id, among: catalogue.rules.map(\.description.id)))
    }
    let about = rule.description
    var text = "\(about.id) (\(about.category), \(Self.severity(about)))\n\(about.title)\n"
    text += "\nJudges: \(about.subjects.map(\.rawValue).joined(separator: ", "))\n"
    text += "\nWhy it matters\n  \(about.rationale)\n\nWhat to do\n  \(about.remedy)\n"
    text += StoreRemedies.texts(for: about.id).map { "  \($0)\n" }.joined()
    if let command = about.remedyCommand {
      text += "\n  For each flagged item, in the store's directory (\(Self.commandNote)):\n"
      text += command.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    if !about.parameters.isEmpty {
      text += "\nParameters\n"
      for item in about.parameters {
        text += "  \(item.name) (\(item.kind.rawValue), default `\(item.defaultValue)`): \(item.meaning)\n"
      }
    }
    if !about.controls.isEmpty {
      text += "\nSpeaks to (informative)\n"
      for (framework, clauses) in about.controls.sorted(by: { $0.key < $1.key }) {
        text += "  \(framework): \(clauses.joined(separator: ", "))\n"
      }
    }
    if !about.references.isEmpty { text += "\nRead more\n" + about.references.map { "  \($0)\n" }.joined() }
    if let place = rule.place { text += "\nFrom \(place)\n" }
    return text
      + "\nThe question it asks (SQL over docs/facts.md)\n\(rule.select.split(separator: "\n").map { "  \($0)\n" }.joined())"
  }
}
