/// The tables of a TOML file while it is read, with the rules of what may be defined once, and where.
///
/// Tables refer to each other by index, so that a header in a large file changes one of them and copies none.
struct TOMLTables {
  static let root = 0

  /// Counts headers: a table that dotted keys made may grow until the next one.
  var section = 0
  private var tables = [Table(line: 1)]

  private struct Table {
    let line: Int
    var entries: [(key: String, line: Int, item: Item)] = []
    /// Where each key stands in `entries`; made when a linear look would be slow.
    var places: [String: Int] = [:]
    /// A header opened it, which may happen once.
    var isOpened = false
    /// The section whose dotted keys made it or grew it.
    var dottedSection: Int?

    init(line: Int) { self.line = line }
  }

  private enum Item {
    /// A finished value: nothing can be added to an array or an inline table.
    case value(DocumentNode)
    case table(Int)
    /// `[[name]]`, with the line of the first.
    case tables([Int])
  }

  private static let fewKeys = 16

  private func place(of key: String, in table: Int) -> Int? {
    if tables[table].places.isEmpty { return tables[table].entries.firstIndex { $0.key == key } }
    return tables[table].places[key]
  }

  private mutating func add(_ item: Item, for key: String, in table: Int, line: Int) {
    let count = tables[table].entries.count
    tables[table].entries.append((key, line, item))
    if count > Self.fewKeys {
      tables[table].places[key] = count
    } else if count == Self.fewKeys {
      for (place, entry) in tables[table].entries.enumerated() { tables[table].places[entry.key] = place }
    }
  }

  private mutating func addTable(_ key: String, in table: Int, line: Int) -> Int {
    let made = newTable(line: line)
    add(.table(made), for: key, in: table, line: line)
    return made
  }

  /// Goes into a table on the way of a header, making it when it is not there.
  mutating func enter(_ key: String, of table: Int, line: Int) throws(DocumentError) -> Int {
    guard let place = place(of: key, in: table) else { return addTable(key, in: table, line: line) }
    switch tables[table].entries[place].item {
    case .table(let known): return known
    case .tables(let list): return list[list.count - 1]
    case .value: throw Self.isTaken(key, line: line)
    }
  }

  /// Goes into the table that `[… key]` opens.
  mutating func open(_ key: String, of table: Int, line: Int) throws(DocumentError) -> Int {
    guard let place = place(of: key, in: table) else {
      let made = addTable(key, in: table, line: line)
      tables[made].isOpened = true
      return made
    }
    guard case .table(let known) = tables[table].entries[place].item, !tables[known].isOpened,
      tables[known].dottedSection == nil
    else { throw Self.isTaken(key, line: line) }
    tables[known].isOpened = true
    return known
  }

  /// Goes into the table that `[[… key]]` adds.
  mutating func append(_ key: String, to table: Int, line: Int) throws(DocumentError) -> Int {
    let place = place(of: key, in: table)
    let made = newTable(line: line)
    tables[made].isOpened = true
    guard let place else {
      add(.tables([made]), for: key, in: table, line: line)
      return made
    }
    guard case .tables(var list) = tables[table].entries[place].item else { throw Self.isTaken(key, line: line) }
    // Taken out while it grows: two holders of the list would copy it for every package of a lock file.
    tables[table].entries[place].item = .table(made)
    list.append(made)
    tables[table].entries[place].item = .tables(list)
    return made
  }

  /// Goes into a table on the way of a dotted key, making it when it is not there.
  mutating func enterDotted(_ key: String, of table: Int, line: Int) throws(DocumentError) -> Int {
    guard let place = place(of: key, in: table) else {
      let made = addTable(key, in: table, line: line)
      tables[made].dottedSection = section
      return made
    }
    guard case .table(let known) = tables[table].entries[place].item, !tables[known].isOpened,
      tables[known].dottedSection ?? section == section
    else { throw Self.isTaken(key, line: line) }
    tables[known].dottedSection = section
    return known
  }

  func requireFree(_ key: String, in table: Int, line: Int) throws(DocumentError) {
    if place(of: key, in: table) != nil { throw Self.isTaken(key, line: line) }
  }

  /// Adds a value for a key that is free.
  mutating func insert(_ node: DocumentNode, for key: String, in table: Int, line: Int) {
    add(.value(node), for: key, in: table, line: line)
  }

  private static func isTaken(_ key: String, line: Int) -> DocumentError {
    DocumentError("the key \"\(key.prefix(80))\" has a value already", line: line)
  }

  /// A table that nothing refers to yet: an inline one is filled, and taken out again with `removeLast`.
  mutating func newTable(line: Int) -> Int {
    tables.append(Table(line: line))
    return tables.count - 1
  }

  /// An inline table as a value; it and the tables its dotted keys made go.
  mutating func removeInline(_ table: Int) -> DocumentNode {
    let finished = node(table)
    tables.removeSubrange(table...)
    return finished
  }

  /// A table with all it holds as a value.
  func node(_ table: Int) -> DocumentNode {
    let entries = tables[table].entries.map { entry in
      let value =
        switch entry.item {
        case .value(let known): known
        case .table(let inner): node(inner)
        case .tables(let list): DocumentNode(.list(list.map { node($0) }), line: entry.line)
        }
      return DocumentEntry(key: entry.key, line: entry.line, node: value)
    }
    return DocumentNode(.map(entries), line: tables[table].line)
  }
}
