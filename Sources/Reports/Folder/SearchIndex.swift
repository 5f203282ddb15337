import Records

/// What the index page of a report in many files searches: every result, by the page that shows it.
package struct SearchIndex: Sendable {
  /// Bytes of the index within a page that browsers open at once.
  private static let limit = 6_000_000
  /// Scalars kept of a message.
  private static let longest = 90

  private var rules: [String: Int] = [:]
  private var titles: [(id: String, title: String)] = []
  private var pages: [String: Int] = [:]
  private var files: [String] = []
  private var rows: [UInt8] = []
  private var isEmpty = true
  private(set) var leftOut = 0

  package init() {}

  /// Takes a result while there is room; `title` is its rule's.
  package mutating func add(_ result: RuleResult, file: String, title: String) {
    let rule = index(of: result.rule, title: title)
    let page = index(of: file)
    let name = VisibleText.line(result.subject.name, limit: PageBuilder.nameLimit)
    let message = VisibleText.line(String(result.message.unicodeScalars.prefix(Self.longest)), limit: Self.longest * 8)
    let anchor = PageBuilder.anchor(of: result).dropFirst("result-".count)
    let row =
      "[\(page),\"\(anchor)\",\(rule),\"\(result.severity.rawValue)\",\"\(result.outcome.rawValue)\","
      + "\(JSONWriter.quoted(name)),\(JSONWriter.quoted(message))]"
    guard rows.count + row.utf8.count < Self.limit else {
      leftOut += 1
      return
    }
    if !isEmpty { rows.append(UInt8(ascii: ",")) }
    rows += row.utf8
    isEmpty = false
  }

  private mutating func index(of rule: String, title: String) -> Int {
    if let known = rules[rule] { return known }
    rules[rule] = titles.count
    titles.append((rule, title))
    return titles.count - 1
  }

  private mutating func index(of file: String) -> Int {
    if let known = pages[file] { return known }
    pages[file] = files.count
    files.append(file)
    return files.count - 1
  }

  /// JSON that can stand within a page: `<` is escaped.
  var json: String {
    let rules = titles.map { "[\(JSONWriter.quoted($0.id)),\(JSONWriter.quoted(VisibleText.line($0.title)))]" }
    return "{\"pages\":[\(files.map(JSONWriter.quoted).joined(separator: ","))],\"rules\":["
      + rules.joined(separator: ",") + "],\"rows\":[" + String(decoding: rows, as: UTF8.self) + "]}"
  }
}
