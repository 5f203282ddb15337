import Documents
import Hashing
import Records
import Rules
import SystemPackage

/// Reads the rules that a policy names, and refuses those that could not be run, before anything is scanned.
struct OwnRules {
  /// A rule is text that a person wrote.
  private static let largest = 1 << 20
  private static let most = 1000

  /// What was known before, and the rules found here.
  private(set) var catalogue: RuleCatalogue
  private(set) var rules: [RuleFile] = []
  private(set) var mistakes: [PolicyError] = []
  /// What was named, as it is found from the working directory.
  private(set) var places: [String] = []

  init(catalogue: RuleCatalogue) { self.catalogue = catalogue }

  /// Reads the files and folders that `node`, the value of `own_rules`, names; relative ones lie below `folder`.
  mutating func read(_ node: DocumentNode?, policy: String, folder: String) {
    guard let node, !node.isNull else { return }
    let elements = node.elements ?? [node]
    for element in elements {
      guard let name = element.text, !name.isEmpty else {
        mistakes.append(
          PolicyError(
            path: policy, line: element.line,
            message: "`own_rules` takes files that end with `.sql`, or folders of them"))
        continue
      }
      do throws(PolicyError) {
        let isAbsolute = name.hasPrefix("/")
        try read(
          isAbsolute ? name : folder + name, named: name, by: (policy, element.line),
          shown: isAbsolute ? name : PolicyLayers.folder(of: policy) + name)
      } catch {
        mistakes.append(error)
      }
    }
  }

  /// Reads the rule at `path`, or all rules below it; `place` is where a policy names it, `shown` what reports call it.
  mutating func read(
    _ path: String, named name: String, by place: (policy: String, line: Int?), shown: String
  ) throws(PolicyError) {
    func fail(_ message: String) -> PolicyError { PolicyError(path: place.policy, line: place.line, message: message) }
    let files: [String]
    do throws(FileAccessError) {
      files = try RuleFolder.files(at: path)
    } catch {
      throw fail("the rule `\(name)` cannot be read: \(error.reason)")
    }
    guard !files.isEmpty else {
      throw fail("`\(name)` holds no rule: a rule is a file that ends with `.sql`")
    }
    guard rules.count + files.count <= Self.most else { throw fail("more than \(Self.most) own rules are named") }
    places.append(path)
    let length = path.hasSuffix("/") ? path.count - 1 : path.count
    let shownFolder = shown.hasSuffix("/") ? String(shown.dropLast()) : shown
    for file in files {
      let name = shownFolder + String(file.dropFirst(length))
      add(file, shown: FilePath(name).lexicallyNormalized().string)
    }
  }

  private mutating func add(_ file: String, shown path: String) {
    do throws(PolicyError) {
      let rule = try Self.rule(at: file, shown: path)
      let id = rule.description.id
      if let other = rules.first(where: { $0.description.id == id }) ?? catalogue[id] {
        // The same file, named by two layers or twice in one, is one rule.
        guard other.place != path else { return }
        let what = other.place.map { "is the rule of \($0) already" } ?? "is a built-in rule"
        throw PolicyError(path: path, line: 1, message: "`\(id)` \(what); give this one another id and file name")
      }
      rules.append(rule)
      catalogue = catalogue.adding([rule])
    } catch {
      mistakes.append(error)
    }
  }

  private static func rule(at file: String, shown path: String) throws(PolicyError) -> RuleFile {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(file), limit: largest)
    } catch {
      throw PolicyError(path: path, line: nil, message: "the rule cannot be read: \(error.reason)")
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    guard let text = TextDecoding.strict(content), !content.contains(0) else {
      throw PolicyError(path: path, line: nil, message: "the rule is no UTF-8 text")
    }
    do {
      let rule = try RuleFile(text: text, path: path, isOwn: true)
      try rule.checkSelect()
      return rule
    } catch let mistake as RuleFile.Mistake {
      throw PolicyError(path: mistake.path, line: mistake.line, message: mistake.message)
    } catch {
      throw PolicyError(path: path, line: nil, message: "\(error)")
    }
  }
}

extension Policy {
  /// Takes rules that a layer brings along; who names a rule wants it.
  mutating func add(_ rules: [RuleFile]) {
    ownRules += rules
    for rule in rules {
      let id = rule.description.id
      self.rules[id] = rule.description.severity
      origins[PolicyPlace("rules", id, "severity")] = PolicyOrigin(source: rule.place ?? "", line: 1)
    }
  }
}

extension PolicyReader {
  /// `rule_time_limit`: seconds.
  mutating func readRuleTimeLimit(_ entry: DocumentEntry) throws(PolicyError) {
    guard let seconds = entry.node.text.flatMap({ Int($0) }), (1...86_400).contains(seconds) else {
      throw mistake("`rule_time_limit` takes whole seconds from 1 to 86400", line: entry.node.line)
    }
    policy.ruleTimeLimit = seconds
    mark(PolicyPlace("rule_time_limit"), line: entry.line)
  }
}
