import CYaml

/// Reads YAML documents with the line of every value, from libyaml's events.
///
/// Yams composes the same events at four times the cost, and registries hold hundreds of thousands of records; this is
/// the libyaml that Yams brings.
package struct YAMLDocument: ~Copyable {
  /// Aliases can make a few lines stand for billions of values: what they add is bounded, with as much again for each
  /// byte of the file, so that a large file may use them as freely as a small one. Values that are written out are not.
  private static let expansionAllowance = 200_000
  private static let maximumDepth = 128

  /// A value, how many values it stands for, and how many levels it has below itself.
  private typealias Built = (node: DocumentNode, size: Int, height: Int)

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  private var anchors: [String: Built] = [:]
  private var budget: Int

  /// Reads `bytes` (UTF-8 or UTF-16 with a mark) as one document; an empty one is null, a second one an error.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentNode {
    try documents(bytes, isStream: false).first ?? DocumentNode(.null, line: 1)
  }

  /// Reads a stream of documents, as `---` divides them; none in an empty file, null for one that is empty.
  package static func readAll(_ bytes: [UInt8]) throws(DocumentError) -> [DocumentNode] {
    try documents(bytes, isStream: true)
  }

  private static func documents(_ bytes: [UInt8], isStream: Bool) throws(DocumentError) -> [DocumentNode] {
    // The parser keeps a pointer to the bytes, so it lives no longer than they do.
    let result: Result<[DocumentNode], DocumentError> = bytes.withUnsafeBufferPointer { buffer in
      var document = YAMLDocument(buffer)
      do throws(DocumentError) {
        return .success(try document.roots(isStream: isStream))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    budget = Self.expansionAllowance + bytes.count
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  private mutating func roots(isStream: Bool) throws(DocumentError) -> [DocumentNode] {
    var nodes: [DocumentNode] = []
    while true {
      let event = try next()
      switch event.kind {
      case YAML_STREAM_END_EVENT: return nodes
      case YAML_DOCUMENT_START_EVENT:
        guard isStream || nodes.isEmpty else {
          throw DocumentError("a second document begins; a record is one", line: event.line)
        }
        // An anchor is known in its own document only.
        anchors.removeAll()
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_END_EVENT: break
      default: nodes.append(try value(event, depth: 0).node)
      }
    }
  }

  private mutating func value(_ event: Event, depth: Int) throws(DocumentError) -> Built {
    guard depth <= Self.maximumDepth else { throw tooDeep(event) }
    let result: Built
    switch event.kind {
    case YAML_SCALAR_EVENT: result = (DocumentNode(Self.scalar(event), line: event.line), 1, 0)
    case YAML_SEQUENCE_START_EVENT: result = try list(from: event, depth: depth)
    case YAML_MAPPING_START_EVENT: result = try map(from: event, depth: depth)
    case YAML_ALIAS_EVENT: return try alias(event, depth: depth)
    default: throw DocumentError("not a value", line: event.line)
    }
    if let anchor = event.anchor { anchors[anchor] = result }
    return result
  }

  private mutating func alias(_ event: Event, depth: Int) throws(DocumentError) -> Built {
    guard let known = anchors[event.text] else {
      throw DocumentError("the alias `\(event.text.prefix(80))` has no anchor before it", line: event.line)
    }
    // A chain of anchors, each holding the one before it, is deep without any nesting on the page.
    guard depth + known.height <= Self.maximumDepth else { throw tooDeep(event) }
    budget -= known.size
    guard budget >= 0 else { throw DocumentError("its aliases stand for too many values", line: event.line) }
    return known
  }

  private func tooDeep(_ event: Event) -> DocumentError {
    DocumentError("nested deeper than \(Self.maximumDepth) levels", line: event.line)
  }

  private mutating func list(from start: Event, depth: Int) throws(DocumentError) -> Built {
    var elements: [DocumentNode] = []
    var size = 1
    var height = 0
    while true {
      let event = try next()
      if event.kind == YAML_SEQUENCE_END_EVENT {
        return (DocumentNode(.list(elements), line: start.line), size, height + 1)
      }
      let element = try value(event, depth: depth + 1)
      elements.append(element.node)
      size += element.size
      height = max(height, element.height)
    }
  }

  private mutating func map(from start: Event, depth: Int) throws(DocumentError) -> Built {
    var entries: [DocumentEntry] = []
    var merged: [DocumentEntry] = []
    var keys = KeyGuard()
    var size = 1
    var height = 0
    while true {
      let event = try next()
      if event.kind == YAML_MAPPING_END_EVENT { break }
      guard event.kind == YAML_SCALAR_EVENT else {
        throw DocumentError("a key that is not plain text", line: event.line)
      }
      let value = try value(try next(), depth: depth + 1)
      size += value.size + 1
      height = max(height, value.height)
      if event.text == "<<", event.isPlain {
        merged += (value.node.elements ?? [value.node]).flatMap { $0.entries ?? [] }
        continue
      }
      guard keys.insert(event.text) else {
        throw DocumentError("the key \"\(event.text)\" stands twice", line: event.line)
      }
      entries.append(DocumentEntry(key: event.text, line: event.line, node: value.node))
    }
    // What a map says itself goes before what it merges in, wherever the `<<` stands.
    for entry in merged where keys.insert(entry.key) { entries.append(entry) }
    return (DocumentNode(.map(entries), line: start.line), size, height + 1)
  }

  private static func scalar(_ event: Event) -> DocumentNode.Value {
    guard event.isPlain else { return .string(event.text) }
    switch event.text {
    case "", "~", "null", "Null", "NULL": return .null
    default: return .plain(event.text)
    }
  }
}

extension YAMLDocument {
  /// What is kept of one of libyaml's events.
  private struct Event {
    let kind: yaml_event_type_t
    let line: Int
    var text = ""
    var anchor: String?
    var isPlain = false
  }

  private func next() throws(DocumentError) -> Event {
    var raw = yaml_event_t()
    guard yaml_parser_parse(parser, &raw) == 1 else { throw problem() }
    defer { yaml_event_delete(&raw) }
    var event = Event(kind: raw.type, line: Int(raw.start_mark.line) + 1)
    switch raw.type {
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      event.text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      event.anchor = Self.text(scalar.anchor)
      event.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    case YAML_ALIAS_EVENT: event.text = Self.text(raw.data.alias.anchor) ?? ""
    case YAML_SEQUENCE_START_EVENT: event.anchor = Self.text(raw.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: event.anchor = Self.text(raw.data.mapping_start.anchor)
    default: break
    }
    return event
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(decoding: UnsafeBufferPointer(start: $0, count: Self.length($0)), as: UTF8.self) }
  }

  private static func length(_ pointer: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 0
    while pointer[count] != 0 { count += 1 }
    return count
  }

  private func problem() -> DocumentError {
    let state = parser.pointee
    var message = state.problem.map { String(cString: $0) } ?? "not YAML"
    // libyaml names a function of its own here.
    if message.hasPrefix("Maximum nesting level") { message = "nested too deeply" }
    // A byte that is no text is told by its offset, everything else by its line.
    if state.error == YAML_READER_ERROR {
      let before = bytes.prefix(Int(state.problem_offset))
      return DocumentError(message, line: before.count { $0 == UInt8(ascii: "\n") } + 1)
    }
    // libyaml counts on behind the last line of a file that ends without a line break.
    let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    return DocumentError(message, line: min(Int(state.problem_mark.line) + 1, lines))
  }
}
