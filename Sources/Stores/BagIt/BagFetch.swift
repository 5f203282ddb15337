import Records

/// `fetch.txt`: payload that has to be fetched before the bag is complete. It is never fetched here.
struct BagFetch: Sendable {
  private(set) var problems: [Problem] = []

  init(bytes: [UInt8], document: String, text: BagText) {
    for (index, line) in text.lines(of: bytes).enumerated() where line.contains(where: { !$0.isWhitespace }) {
      let number = index + 1
      func fail(_ kind: Problem.Kind, _ message: String) {
        problems.append(Problem(kind: kind, path: document, line: number, message: message))
      }
      let parts = line.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }
      guard parts.count == 3, parts[1] == "-" || Int64(parts[1]) != nil else {
        fail(.malformedRecord, "not `URL LENGTH PATH`")
        continue
      }
      let path = text.path(String(parts[2]))
      guard case .remote(let scheme) = Location(String(parts[0])), scheme != "file" else {
        fail(.outside, "`\(Redaction.redact(String(parts[0])))` is a file of this machine, and is not read")
        continue
      }
      guard !TreePath.leaves(path), path.hasPrefix("data/") else {
        fail(.outside, "`\(path)` is not in the payload, and is not read")
        continue
      }
    }
  }
}

/// `bag-info.txt`: keys with values that may go on over several lines.
struct BagInfo: Sendable {
  /// The first value of every key, by the key in lower case.
  private(set) var values: [String: NamedText] = [:]
  private(set) var problems: [Problem] = []

  init(bytes: [UInt8], document: String, text: BagText) {
    var last: String?
    for (index, line) in text.lines(of: bytes).enumerated() where line.contains(where: { !$0.isWhitespace }) {
      if line.first == " " || line.first == "\t" {
        if let last, let known = values[last] {
          let more = line.drop { $0.isWhitespace }
          values[last] = NamedText(name: known.name, text: "\(known.text ?? "") \(more)", line: known.line)
        }
        continue
      }
      guard let colon = line.firstIndex(of: ":") else {
        problems.append(
          Problem(kind: .malformedRecord, path: document, line: index + 1, message: "neither `Key: value` nor indented")
        )
        continue
      }
      let key = line[..<colon].filter { !$0.isWhitespace }.lowercased()
      let value = line[line.index(after: colon)...].drop { $0.isWhitespace }
      last = values[key] == nil ? key : nil
      if last != nil { values[key] = NamedText(name: String(line[..<colon]), text: String(value), line: index + 1) }
    }
  }

  /// `Payload-Oxum: <bytes>.<files>`.
  var oxum: (bytes: Int64, files: Int, line: Int?)? {
    guard let value = values["payload-oxum"], let parts = value.text?.split(separator: "."), parts.count == 2,
      let bytes = Int64(parts[0]), let files = Int(parts[1].filter { !$0.isWhitespace })
    else { return nil }
    return (bytes, files, value.line)
  }
}
