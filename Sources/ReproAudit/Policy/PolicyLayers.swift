import Documents
import Hashing
import Records
import Rules
import SystemPackage

/// Puts a policy together from what it extends: each layer is read onto those before it.
struct PolicyLayers {
  /// Documents larger than this are no policy that a person wrote.
  private static let largest = 1 << 20
  private static let most = 64
  private static let deepest = 16

  private enum Layer {
    case builtIn(String)
    case file(path: String, place: String, root: DocumentNode)
  }

  let catalogue: RuleCatalogue
  private var layers: [Layer] = []
  /// Every file that was read.
  private var files: [String] = []
  /// The files that lead to the one being read, as they were named.
  private var chain: [(name: String, place: FilePath)] = []

  init(catalogue: RuleCatalogue) { self.catalogue = catalogue }

  /// The effective policy of `bytes`, which lie at `path`, shown to people as `name`.
  static func policy(
    _ bytes: [UInt8], path: String, name: String, catalogue: RuleCatalogue
  ) throws(PolicyErrors) -> Policy {
    var layers = PolicyLayers(catalogue: catalogue)
    do throws(PolicyError) {
      try layers.add(bytes, path: path, name: name)
    } catch {
      throw PolicyErrors([error])
    }
    return try layers.applied()
  }

  private func applied() throws(PolicyErrors) -> Policy {
    var policy = Policy(name: "")
    policy.files = files
    var mistakes: [PolicyError] = []
    var catalogue = catalogue
    for (index, layer) in layers.enumerated() {
      switch layer {
      case .builtIn(let name): policy.overlay(builtIn: name, catalogue: catalogue)
      case .file(let path, let place, let root):
        var own = OwnRules(catalogue: catalogue)
        own.read(root["own_rules"], policy: path, folder: Self.folder(of: place))
        policy.ownRulePlaces += own.places
        mistakes += own.mistakes
        catalogue = own.catalogue
        policy.add(own.rules)
        var reader = PolicyReader(catalogue: catalogue, path: path, place: place, onto: policy)
        reader.read(root)
        // Beside the policy itself; what it extends has to name its waivers.
        if index == layers.count - 1 { reader.readWaiverFileBeside() }
        policy = reader.policy
        mistakes += reader.mistakes
      }
    }
    mistakes += Self.duplicates(among: policy.waivers)
    guard mistakes.isEmpty else { throw PolicyErrors(mistakes) }
    return policy
  }

  private static func duplicates(among waivers: [Waiver]) -> [PolicyError] {
    var known: [String: Waiver] = [:]
    return waivers.compactMap { waiver in
      guard let first = known[waiver.name] else {
        known[waiver.name] = waiver
        return nil
      }
      return PolicyError(
        path: waiver.path, line: waiver.line,
        message: "the \(waiver.form.rawValue) covers the same as the one at \(first.path):\(first.line); keep one")
    }
  }

  private mutating func add(_ bytes: [UInt8], path: String, name: String) throws(PolicyError) {
    func fail(_ message: String, _ line: Int? = nil) -> PolicyError {
      PolicyError(path: name, line: line, message: message)
    }
    guard bytes.count <= Self.largest else {
      throw fail("a policy of \(bytes.count >> 20) MiB is not read; the largest has \(Self.largest >> 20) MiB")
    }
    let root: DocumentNode
    do {
      root = try YAMLDocument.read(bytes)
    } catch {
      throw fail(error.message, error.line)
    }
    files.append(path)
    chain.append((name, FilePath(path).lexicallyNormalized()))
    defer { chain.removeLast() }
    let bases = root["extends"]
    let names = (bases?.elements ?? [bases].compactMap { $0 }).filter { !$0.isNull }
    // Whatever is extended first: what no layer speaks of is asked as ever, and never off in silence.
    if names.isEmpty, layers.isEmpty { layers.append(.builtIn("default")) }
    for base in names { try add(base: base, of: path, name: name) }
    layers.append(.file(path: name, place: path, root: root))
    guard layers.count <= Self.most else { throw fail("more than \(Self.most) policies are extended", bases?.line) }
  }

  private mutating func add(base node: DocumentNode, of path: String, name: String) throws(PolicyError) {
    func fail(_ message: String) -> PolicyError { PolicyError(path: name, line: node.line, message: message) }
    guard let base = node.text, !base.isEmpty else {
      throw fail("`extends` takes a built-in policy or a file, or a list of them")
    }
    if Policy.builtIn.contains(base) { return layers.append(.builtIn(base)) }
    guard base.contains("/") || base.hasSuffix(".yaml") || base.hasSuffix(".yml") else {
      throw fail(NearestName.message("policy", base, among: Policy.builtIn) + "; a file is named with its `.yaml`")
    }
    let place = base.hasPrefix("/") ? base : Self.folder(of: path) + base
    guard !chain.contains(where: { $0.place == FilePath(place).lexicallyNormalized() }) else {
      let loop = (chain.map(\.name) + [Self.folder(of: name) + base]).joined(separator: " → ")
      throw fail("the policy extends itself: \(loop)")
    }
    guard chain.count < Self.deepest else { throw fail("policies extend each other more than \(Self.deepest) deep") }
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(place), limit: Self.largest)
    } catch {
      throw fail("the policy `\(base)` cannot be read: \(error.reason)")
    }
    try add(bytes, path: place, name: base.hasPrefix("/") ? base : Self.folder(of: name) + base)
  }

  /// With its slash; empty for a bare name.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
