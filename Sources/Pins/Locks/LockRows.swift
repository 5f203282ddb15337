import Documents

/// What a lock file's reader gathers: a row for each package, and what could not be read.
struct LockRows {
  let path: String
  /// Whether text may stand without quotes, as in YAML.
  private var hasPlainText = false
  private(set) var reading = PinReading()
  private var seen: Set<Row> = []
  private var pythons: Set<String> = []

  /// What makes a row a repeat: platforms, extras and markers list one package many times.
  private struct Row: Hashable {
    let name: String?
    let text: String
    let pin: RequirementPin
  }

  init(path: String) { self.path = path }

  /// Adds a row unless an equal one is there.
  mutating func add(_ name: String?, _ text: String, _ pin: RequirementPin, line: Int) {
    let hashed = pin == .hashed || pin == .urlDigest
    add(Requirement(name: name, text: text, pin: pin, hashed: hashed, path: path, line: line))
  }

  mutating func add(_ requirement: Requirement) {
    guard seen.insert(Row(name: requirement.name, text: requirement.text, pin: requirement.pin)).inserted else {
      return
    }
    reading.requirements.append(requirement)
  }

  /// Adds a Python requirement string.
  mutating func addRequirement(_ text: String, line: Int) {
    let (requirement, problem) = Requirement.parse(text, path: path, line: line)
    add(requirement.redacted)
    if let problem { addProblem(LockText.redacted(problem.message), line: problem.line) }
  }

  /// Adds what a key says of Python, if it is there.
  mutating func addPython(_ key: String, of node: DocumentNode?, isRange: Bool = false) {
    guard let text = text(key, of: node) else { return }
    let judged = PythonVersionText.pin(text, path: path, line: node?[key]?.line ?? 1)
    add(PythonPin(text: text, version: judged.version, isRange: isRange, path: path, line: judged.line))
  }

  /// Adds what the file says of Python, once for each text.
  mutating func addPython(_ text: String, line: Int) { add(PythonVersionText.pin(text, path: path, line: line)) }

  mutating func add(_ python: PythonPin) {
    if pythons.insert(python.text).inserted { reading.pythons.append(python) }
  }

  mutating func addReference(_ target: String, line: Int) {
    reading.references.append(PinReference(target: target, path: path, line: line))
  }

  mutating func addProblem(_ message: String, line: Int?) {
    reading.problems.append(PinProblem(message: message, path: path, line: line))
  }

  /// Takes over what another reader made of a part of the file.
  mutating func append(_ other: PinReading) {
    for requirement in other.requirements { add(requirement.redacted) }
    var rest = other
    rest.requirements = []
    reading.append(rest)
  }

  /// Changes rows in the order they were added.
  mutating func mapRequirements(_ transform: (Requirement) -> Requirement) {
    reading.requirements = reading.requirements.map(transform)
  }
}

extension LockRows {
  /// The root of a document, or nil with a problem that says why it could not be read.
  mutating func root(
    _ bytes: [UInt8], _ read: ([UInt8]) throws(DocumentError) -> DocumentNode
  ) -> DocumentNode? {
    do throws(DocumentError) {
      let node = try read(bytes)
      if node.entries != nil { return node }
      addProblem(node.isNull ? "the file is empty" : "the file holds no table of keys", line: node.line)
    } catch {
      addProblem(error.message, line: error.line)
    }
    return nil
  }

  /// The root of a YAML document, whose texts need no quotes.
  mutating func yamlRoot(_ bytes: [UInt8]) -> DocumentNode? {
    hasPlainText = true
    return root(bytes, YAMLDocument.read)
  }

  /// The text of a scalar that is text in the file's format: a number of TOML or JSON is none.
  func word(_ node: DocumentNode) -> String? { hasPlainText ? node.text : node.quoted }

  /// The elements of a list, none when it is not there; a problem when it is something else.
  mutating func list(_ key: String, of node: DocumentNode) -> [DocumentNode] {
    guard let value = node[key], !value.isNull else { return [] }
    if let elements = value.elements { return elements }
    addProblem("`\(key)` is not a list", line: value.line)
    return []
  }

  /// The entries of a table, none when it is not there; a problem when it is something else.
  mutating func table(_ key: String, of node: DocumentNode?) -> [DocumentEntry] {
    guard let value = node?[key], !value.isNull else { return [] }
    if let entries = value.entries { return entries }
    addProblem("`\(key)` is not a table", line: value.line)
    return []
  }

  /// The entries of a table that stands under a key of its own; a problem when it is no table.
  mutating func entries(of entry: DocumentEntry) -> [DocumentEntry] {
    if let entries = entry.node.entries { return entries }
    if !entry.node.isNull { addProblem("`\(entry.key.prefix(80))` is not a table", line: entry.line) }
    return []
  }

  /// The text under a key, nil when it is not there; a problem when it is something else.
  mutating func text(_ key: String, of node: DocumentNode?) -> String? {
    guard let value = node?[key], !value.isNull else { return nil }
    if let text = word(value) { return text }
    addProblem("`\(key)` is not text", line: value.line)
    return nil
  }

  /// Says so when the file's own version is one that this reader was not written for; it reads on all the same.
  mutating func requireVersion(_ key: String, of node: DocumentNode?, in known: [String], line: Int) {
    guard let version = node?[key] else {
      return addProblem("the lock file's version (`\(key)`) is missing; it is read as version \(known[0])", line: line)
    }
    let text = version.text ?? "of another type"
    if !known.contains(text) {
      addProblem(
        "the lock file's version is \(text.prefix(40)), which is not known: what could be read was read",
        line: version.line)
    }
  }
}

extension Requirement {
  /// With the credentials of its URL hidden.
  var redacted: Requirement {
    let shown = LockText.redacted(text)
    if shown == text { return self }
    return Requirement(name: name, text: shown, pin: pin, hashed: hashed, marker: marker, path: path, line: line)
  }
}

extension DocumentNode {
  /// The text of a string; nil for numbers, booleans and dates too.
  var quoted: String? {
    if case .string(let text) = value { text } else { nil }
  }
}
