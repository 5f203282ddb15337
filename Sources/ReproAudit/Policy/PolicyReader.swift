import Documents
import Records
import Rules
import Stores

/// Reads one policy file onto what it extends; whatever it does not know is a mistake with its place and the nearest
/// valid name, and every mistake is told at once.
struct PolicyReader {
  /// A key at the top of a policy, and what reads it; each is an extension of its own.
  private typealias Section = (
    key: String, read: @Sendable (inout PolicyReader, DocumentEntry) throws(PolicyError) -> Void
  )

  private static let sections: [Section] = [
    ("name", { reader, entry throws(PolicyError) in try reader.readName(entry) }),
    // Layers are found before any of them is read.
    ("extends", { _, _ throws(PolicyError) in }),
    ("rules", { reader, entry throws(PolicyError) in try reader.readRules(entry) }),
    // Own rules are found before any layer is read, so that `rules` may name them.
    ("own_rules", { _, _ throws(PolicyError) in }),
    ("rule_time_limit", { reader, entry throws(PolicyError) in try reader.readRuleTimeLimit(entry) }),
    ("run_schema", { reader, entry throws(PolicyError) in try reader.readRunSchema(entry) }),
    ("stages", { reader, entry throws(PolicyError) in try reader.readStages(entry) }),
    ("include", { reader, entry throws(PolicyError) in try reader.readInclude(entry) }),
    ("exclude", { reader, entry throws(PolicyError) in try reader.readExclude(entry) }),
    ("scope", { reader, entry throws(PolicyError) in try reader.readScope(entry) }),
    ("synonyms", { reader, entry throws(PolicyError) in try reader.readSynonyms(entry) }),
    ("subjects", { reader, entry throws(PolicyError) in try reader.readSubjects(entry) }),
    ("waivers", { reader, entry throws(PolicyError) in try reader.readWaivers(entry) }),
    ("attestations", { reader, entry throws(PolicyError) in try reader.readAttestations(entry) }),
    ("waiver_horizon", { reader, entry throws(PolicyError) in try reader.readWaiverHorizon(entry) }),
  ]

  /// The keys that a policy may have.
  static var keys: [String] { sections.map(\.key) }

  let catalogue: RuleCatalogue
  /// As the user named it.
  let path: String

  /// Where the file is opened.
  let place: String
  var policy: Policy
  private(set) var mistakes: [PolicyError] = []

  init(catalogue: RuleCatalogue, path: String, place: String, onto policy: Policy) {
    self.catalogue = catalogue
    self.path = path
    self.place = place
    self.policy = policy
    self.policy.name = path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Takes what the document at `root` says over what the policy held before.
  mutating func read(_ root: DocumentNode) {
    let entries: [DocumentEntry]
    do {
      entries = try map(root, "the policy")
    } catch {
      mistakes.append(error)
      return
    }
    for entry in entries {
      attempt { reader throws(PolicyError) in
        guard let section = Self.sections.first(where: { $0.key == entry.key }) else {
          throw reader.unknown("key", entry.key, among: Self.keys, line: entry.line)
        }
        try section.read(&reader, entry)
      }
    }
  }

  /// Keeps a mistake, so that what stands beside it is read all the same.
  mutating func attempt(_ body: (inout PolicyReader) throws(PolicyError) -> Void) {
    do {
      try body(&self)
    } catch {
      mistakes.append(error)
    }
  }

  /// Says where a value of the policy stands.
  mutating func mark(_ place: PolicyPlace, line: Int) {
    policy.origins[place] = PolicyOrigin(source: path, line: line)
  }
}

extension PolicyReader {
  func map(_ node: DocumentNode?, _ what: String) throws(PolicyError) -> [DocumentEntry] {
    guard let node, !node.isNull else { return [] }
    guard let entries = node.entries else { throw mistake("\(what) must be a map of keys and values", line: node.line) }
    return entries
  }

  func list(_ node: DocumentNode, _ what: String) throws(PolicyError) -> [DocumentNode] {
    guard let elements = node.elements else { throw mistake("\(what) must be a list", line: node.line) }
    return elements
  }

  /// A text, or a list of texts.
  func texts(_ node: DocumentNode, _ what: String) throws(PolicyError) -> [String] {
    let elements = node.elements ?? [node]
    let texts = elements.compactMap(\.text)
    guard texts.count == elements.count else { throw mistake("\(what) must be a list of texts", line: node.line) }
    return texts
  }

  func text(_ node: DocumentNode, _ what: String) throws(PolicyError) -> String {
    guard let text = node.text, !text.isEmpty else { throw mistake("\(what) must be a text", line: node.line) }
    return text
  }

  func number(_ node: DocumentNode, _ what: String) throws(PolicyError) -> Double {
    guard let value = node.text.flatMap(Double.init), value.isFinite else {
      throw mistake("`\(what)` takes a number", line: node.line)
    }
    return value
  }

  func unknown(_ what: String, _ name: String, among names: [String], line: Int) -> PolicyError {
    mistake(NearestName.message(what, name, among: names), line: line)
  }

  /// The folder as the user named it, with its slash.
  var shownFolder: String { PolicyLayers.folder(of: path) }

  /// Where the files lie that it names, with its slash.
  var folder: String { PolicyLayers.folder(of: place) }

  func mistake(_ message: String, line: Int?) -> PolicyError { PolicyError(path: path, line: line, message: message) }
}
