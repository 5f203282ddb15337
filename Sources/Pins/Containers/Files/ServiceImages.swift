import Documents

/// Collects what a file other than a Dockerfile names.
struct ServiceImages {
  let path: String
  var reading = PinReading()
  /// Known values of the variables that images may hold.
  var variables = BuildVariables()

  init(path: String) { self.path = path }

  /// Reads every document of a YAML stream.
  mutating func readYAML(_ bytes: [UInt8], _ body: (DocumentNode, inout ServiceImages) -> Void) {
    do throws(DocumentError) {
      for document in try YAMLDocument.readAll(bytes) { body(document, &self) }
    } catch {
      fail(error.message, line: error.line)
    }
  }

  mutating func readJSON(_ bytes: [UInt8], _ body: (DocumentNode, inout ServiceImages) -> Void) {
    do throws(DocumentError) {
      body(try JSONDocument.read(bytes), &self)
    } catch {
      fail(error.message, line: error.line)
    }
  }

  mutating func fail(_ message: String, line: Int?) {
    reading.problems.append(PinProblem(message: message, path: path, line: line))
  }

  /// Adds the image that a scalar names; lists, maps and nothing name none.
  mutating func add(_ node: DocumentNode?) {
    guard let node, let text = node.text else { return }
    add(text, line: node.line)
  }

  /// Adds an image, with its variables put in; what a template or a variable leaves open is not guessed.
  mutating func add(_ written: String, line: Int) {
    let text = written.trimmed
    guard !text.isEmpty else { return }
    if let reason = Self.templateReason(text) { return add(unresolved: text, reason: reason, line: line) }
    guard text.contains("$") else { return reading.add(ImageUse(.service, text, path: path, line: line)) }
    guard let (value, unknown) = try? VariableExpansion.expand(Array(text.utf8)[...], variables) else {
      return add(unresolved: text, reason: "its variables cannot be read", line: line)
    }
    let expanded = value[...].text
    if let unknown {
      return add(unresolved: expanded, reason: variables.reason(for: unknown), line: line)
    }
    reading.add(ImageUse(.service, expanded, path: path, line: line))
  }

  mutating func add(unresolved text: String, reason: String, line: Int) {
    reading.add(ImageUse(.service, unresolved: text, reason: reason, path: path, line: line))
  }

  mutating func addReference(_ node: DocumentNode?) {
    guard let node, let target = node.text, !target.isEmpty else { return }
    addReference(target, line: node.line)
  }

  mutating func addReference(_ target: String, line: Int) {
    reading.references.append(PinReference(target: target, path: path, line: line))
  }

  /// A Dockerfile that a build names, in its folder.
  mutating func addBuild(context: String?, dockerfile: String?, line: Int) {
    let folder = context.map(\.trimmed) ?? "."
    // A remote folder's Dockerfile lies where no lookup goes.
    guard !folder.contains("://"), !folder.hasPrefix("git@") else { return }
    let file = dockerfile ?? "Dockerfile"
    var base = folder[...]
    while base.count > 1, base.hasSuffix("/") { base = base.dropLast() }
    let isPlain = base == "." || base.isEmpty || file.hasPrefix("/")
    addReference(isPlain ? file : "\(base)/\(file)", line: line)
  }

  /// A Dockerfile that stands in a scalar; a block scalar's text begins on the line behind its key's.
  mutating func addInlineDockerfile(_ node: DocumentNode?, isBlock: Bool) {
    guard let node, let text = node.text else { return }
    reading.append(
      Dockerfile.read(path: path, bytes: Array(text.utf8), firstLine: isBlock ? node.line + 1 : node.line))
  }

  private static func templateReason(_ text: String) -> String? {
    if text.contains("${{") { return "an expression of the pipeline gives its value" }
    if text.contains("{{") || text.contains("<%") { return "a template gives its value" }
    if text.contains("<<") { return "a parameter of the pipeline gives its value" }
    if text.contains("$(") || text.contains("$[") { return "a variable of the pipeline gives its value" }
    return nil
  }
}

extension DocumentNode {
  /// The text of a scalar, or of the value under `key` of a map.
  func text(or key: String) -> DocumentNode? { text != nil ? self : self[key] }

  /// Every map in the tree, with the key that it stands under, in order.
  func forEachMap(under key: String = "", _ body: (_ key: String, _ map: DocumentNode) -> Void) {
    switch value {
    case .map(let entries):
      body(key, self)
      for entry in entries { entry.node.forEachMap(under: entry.key, body) }
    case .list(let elements):
      for element in elements { element.forEachMap(under: key, body) }
    case .null, .plain, .string: break
    }
  }
}
