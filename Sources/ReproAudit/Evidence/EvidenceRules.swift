import Records
import Rules

/// The rules of a pack: whose they are, and whether they may be run.
struct EvidenceRules {
  /// A rule is text that a person wrote.
  static let largest = 1 << 20

  private(set) var catalogue = RuleCatalogue(rules: [])
  private(set) var ownRules: [RuleFile] = []
  private(set) var differences: [String] = []
  /// The ids of those that stand in this program too, in the same words.
  private(set) var known: Set<String> = []

  /// `members` are the texts by member; `places` says where the policy's own rules lay, by id. With `isSameVersion` this
  /// program has to have the same rules.
  init(_ members: [(name: String, bytes: [UInt8])], places: [String: String], isSameVersion: Bool) throws {
    let here = try RuleCatalogue.builtIn()
    var rules: [RuleFile] = []
    for member in members {
      do {
        rules.append(try Self.rule(member, places: places))
      } catch {
        differences.append("rules: \(member.name): it is no rule: \(error)")
      }
    }
    var ids: Set<String> = []
    for rule in rules where !ids.insert(rule.description.id).inserted {
      differences.append("rules: `\(rule.description.id)` is there twice")
    }
    ownRules = rules.filter(\.isOwn)
    catalogue = RuleCatalogue(rules: rules)
    let builtIn = rules.filter { !$0.isOwn }
    known = Set(
      builtIn.filter { rule in
        here[rule.description.id].map { $0.text == rule.text && $0.description.category == rule.description.category }
          ?? false
      }.map(\.description.id))
    if isSameVersion {
      for rule in builtIn where !known.contains(rule.description.id) {
        differences.append(
          here[rule.description.id] == nil
            ? "rules: repro-audit \(ProductVersion.text) has no rule `\(rule.description.id)`"
            : "rules: `\(rule.description.id)` is not the rule of repro-audit \(ProductVersion.text)")
      }
      for rule in here.rules where catalogue[rule.description.id] == nil {
        differences.append("rules: `\(rule.description.id)` of repro-audit \(ProductVersion.text) is missing")
      }
    }
  }

  private static func rule(_ member: (name: String, bytes: [UInt8]), places: [String: String]) throws -> RuleFile {
    guard let place = EvidenceNames.place(ofRule: member.name) else {
      throw EvidenceJudgement.Fault(description: "its name is none of a rule")
    }
    let text = String(decoding: member.bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(member.bytes) else {
      throw EvidenceJudgement.Fault(description: "no UTF-8 text")
    }
    let id = place.path.split(separator: "/").last.map { String($0.dropLast(4)) } ?? ""
    let rule = try RuleFile(
      text: text, path: place.isOwn ? places[id] ?? place.path : place.path, isOwn: place.isOwn)
    guard rule.description.id == id else {
      throw EvidenceJudgement.Fault(description: "its id is `\(rule.description.id)`")
    }
    return rule
  }

  /// Whether a rule runs as a part of this program does; others are held to what people's own rules may do.
  func isTrusted(_ rule: RuleFile) -> Bool { !rule.isOwn && known.contains(rule.description.id) }

  /// Why the rules in `asked` may not be run; empty when all may.
  func refusals(_ asked: [RuleFile]) -> [String] {
    asked.filter { !isTrusted($0) }.compactMap { rule -> String? in
      do throws(RuleFile.Mistake) {
        try rule.checkSelect()
        return nil
      } catch {
        return "rules: `\(rule.description.id)` is not run: \(error.message)"
      }
    }
  }
}
