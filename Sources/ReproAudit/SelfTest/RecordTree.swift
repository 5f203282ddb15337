import Reports

/// A record as a value whose keys keep their order, so that one key can be changed and the rest stays byte by byte.
indirect enum RecordTree: Sendable, Hashable {
  case text(String)
  /// As it is written.
  case number(String)
  case boolean(Bool)
  case list([RecordTree])
  case map([Entry])

  struct Entry: Sendable, Hashable {
    var key: String
    var value: RecordTree
  }

  /// The value below `path`; setting nil removes the key, setting a value adds it at the end when it is new.
  subscript(path: String...) -> RecordTree? {
    get { self[path[...]] }
    set { self[path[...]] = newValue }
  }

  subscript(path: ArraySlice<String>) -> RecordTree? {
    get {
      guard let key = path.first else { return self }
      switch self {
      case .map(let entries): return entries.first { $0.key == key }?.value[path.dropFirst()]
      case .list(let items): return Int(key).flatMap { items.indices.contains($0) ? items[$0][path.dropFirst()] : nil }
      default: return nil
      }
    }
    set {
      guard let key = path.first else { return }
      let rest = path.dropFirst()
      switch self {
      case .map(var entries):
        let place = entries.firstIndex { $0.key == key }
        if rest.isEmpty, let newValue {
          if let place { entries[place].value = newValue } else { entries.append(Entry(key: key, value: newValue)) }
        } else if rest.isEmpty {
          entries.removeAll { $0.key == key }
        } else if let place {
          entries[place].value[rest] = newValue
        }
        self = .map(entries)
      case .list(var items):
        guard let index = Int(key), items.indices.contains(index) else { return }
        if rest.isEmpty, newValue == nil {
          items.remove(at: index)
        } else if rest.isEmpty, let newValue {
          items[index] = newValue
        } else {
          items[index][rest] = newValue
        }
        self = .list(items)
      default: return
      }
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var count: Int {
    switch self {
    case .list(let items): items.count
    case .map(let entries): entries.count
    default: 0
    }
  }

  /// Adds to a list.
  mutating func append(_ item: RecordTree) { if case .list(let items) = self { self = .list(items + [item]) } }

  /// The same with the keys of its outermost map in another order.
  func turned(by count: Int) -> RecordTree {
    guard case .map(let entries) = self, !entries.isEmpty else { return self }
    let cut = count % entries.count
    return .map(Array(entries[cut...] + entries[..<cut]))
  }

  /// JSON, indented by `step` spaces a level; 0 puts it on one line.
  func json(step: Int = 2, level: Int = 0) -> String {
    let newline = step == 0 ? "" : "\n" + String(repeating: " ", count: step * (level + 1))
    let end = step == 0 ? "" : "\n" + String(repeating: " ", count: step * level)
    switch self {
    case .text(let text): return JSONWriter.quoted(text)
    case .number(let text): return text
    case .boolean(let flag): return flag ? "true" : "false"
    case .list(let items):
      return "[" + items.map { newline + $0.json(step: step, level: level + 1) }.joined(separator: ",") + end + "]"
    case .map(let entries):
      let lines = entries.map {
        newline + JSONWriter.quoted($0.key) + ": " + $0.value.json(step: step, level: level + 1)
      }
      return "{" + lines.joined(separator: ",") + end + "}"
    }
  }
}

extension RecordTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number("\(value)") }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(arrayLiteral elements: RecordTree...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, RecordTree)...) {
    self = .map(elements.map { Entry(key: $0.0, value: $0.1) })
  }
}
