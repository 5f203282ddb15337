import Documents
import Records

/// Reads a baseline line by line; whatever is not as it was written is a mistake with its line.
struct BaselineReader {
  /// What version control leaves where two sides changed the same lines.
  private static let conflictMarks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
  private static let keys = ["rule", "kind", "subject", "store", "outcome", "path", "item", "rest"]

  let path: String
  private(set) var namesStores = false
  private(set) var known: Set<String> = []
  private(set) var entries: [BaselineEntry] = []

  init(path: String) { self.path = path }

  mutating func read(_ bytes: [UInt8]) throws(PolicyError) {
    guard !bytes.isEmpty else { throw mistake("the baseline is empty; write it anew with --write-baseline", 1) }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isWhole = lines.last?.isEmpty == true
    if isWhole { lines.removeLast() }
    // A checkout may have written other line ends.
    lines = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      if let mark = Self.conflictMarks.first(where: { text.hasPrefix($0) }) {
        throw mistake(
          "a merge left a conflict here (`\(mark)`); keep the lines of both sides, remove the marks, then prune",
          index + 1)
      }
    }
    try readHead(lines[0])
    for (index, line) in lines.enumerated().dropFirst() where index < lines.count - 1 {
      try readLine(line, number: index + 1)
    }
    // A merge of two whole files keeps one end; anything else lost its tail.
    guard isWhole, lines.count > 1, String(decoding: lines[lines.count - 1], as: UTF8.self) == BaselineText.end else {
      throw mistake(
        "the end of the baseline is missing; restore the file, or write it anew with --write-baseline", lines.count)
    }
  }

  private mutating func readHead(_ line: ArraySlice<UInt8>) throws(PolicyError) {
    let root = try? JSONDocument.read(Array(line))
    guard let schema = root?["schema"]?.text, schema.hasPrefix(BaselineText.schemaName) else {
      throw mistake("not a baseline; its first line begins with {\"schema\":\"\(BaselineText.schema)\"", 1)
    }
    guard schema == BaselineText.schema else {
      throw mistake("`\(schema.prefix(80))` is of another repro-audit; this one knows \(BaselineText.schema)", 1)
    }
    switch root?["stores"]?.text {
    case "one": namesStores = false
    case "named": namesStores = true
    default: throw mistake("`stores` is one or named", 1)
    }
  }

  private mutating func readLine(_ line: ArraySlice<UInt8>, number: Int) throws(PolicyError) {
    let root: DocumentNode
    do throws(DocumentError) {
      root = try JSONDocument.read(Array(line))
    } catch {
      throw mistake("not a line of a baseline: \(error.message)", number)
    }
    guard let fields = root.entries else { throw mistake("not a line of a baseline: not an object", number) }
    if fields.count == 1, fields[0].key == "known", let rule = fields[0].node.text {
      known.insert(rule)
      return
    }
    for field in fields where !Self.keys.contains(field.key) {
      throw mistake(NearestName.message("key of a baseline", field.key, among: Self.keys), number)
    }
    entries.append(try entry(root, number: number))
  }

  private func entry(_ root: DocumentNode, number: Int) throws(PolicyError) -> BaselineEntry {
    guard let rule = root["rule"]?.text, let name = root["subject"]?.text,
      let kind = root["kind"]?.text.flatMap(SubjectKind.init)
    else { throw mistake("an entry has `rule`, `kind` and `subject`", number) }
    let store = root["store"]?.text ?? ""
    guard !namesStores || !store.isEmpty else { throw mistake("the entry lacks its `store`", number) }
    let outcome = root["outcome"].map { $0.text.flatMap(Outcome.init) } ?? .fail
    guard let outcome, outcome == .fail || outcome == .unverified else {
      throw mistake("`outcome` is fail or unverified", number)
    }
    let part: BaselineEntry.Part
    if let rest = root["rest"] {
      guard let count = rest.text.flatMap(Int.init), count > 0, root["item"] == nil, root["path"] == nil else {
        throw mistake("`rest` is a number above zero, and stands without `item` and `path`", number)
      }
      part = .rest(count)
    } else if let item = root["item"]?.text {
      part = .item(path: root["path"]?.text ?? "", item: item)
    } else {
      guard root["item"] == nil, root["path"] == nil else { throw mistake("a `path` stands beside its `item`", number) }
      part = .whole
    }
    return BaselineEntry(
      rule: rule, subject: Subject(store: store, kind: kind, name: name), outcome: outcome, part: part)
  }

  private func mistake(_ message: String, _ line: Int) -> PolicyError {
    PolicyError(path: path, line: line, message: message)
  }
}
