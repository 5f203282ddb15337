import Documents
import Records

/// A payload or tag manifest of a bag: `<hex> <path>` lines of one algorithm.
struct BagManifest: Sendable {
  /// One line.
  struct Entry: Sendable, Hashable {
    /// Relative to the bag, decoded.
    let path: String
    /// As written, where decoding changed it.
    let written: String
    let hex: String
    let line: Int
  }

  let document: String
  /// Nil for one that is not computed here.
  let algorithm: DigestAlgorithm?
  let isTagManifest: Bool
  private(set) var entries: [Entry] = []
  private(set) var problems: [Problem] = []

  /// The algorithm in the name of a manifest, as written; nil for another file.
  static func algorithmName(_ name: String) -> (text: String, isTagManifest: Bool)? {
    let lower = name.lowercased()
    for (prefix, isTag) in [("manifest-", false), ("tagmanifest-", true)]
    where lower.hasPrefix(prefix) && lower.hasSuffix(".txt") {
      let text = lower.dropFirst(prefix.count).dropLast(4)
      if !text.isEmpty, text.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }) {
        return (String(text), isTag)
      }
    }
    return nil
  }

  /// Nil when the file is no manifest by its name.
  init?(name: String, document: String, bytes: [UInt8], text: BagText) {
    guard let (algorithmText, isTagManifest) = Self.algorithmName(name) else { return nil }
    self.document = document
    self.isTagManifest = isTagManifest
    algorithm = DigestAlgorithm(spelling: algorithmText)
    if algorithm == nil {
      problems.append(
        Problem(
          kind: .unreadable, path: document,
          message: "\(algorithmText) is not computed here, so nothing of it is checked"))
    }
    for (index, line) in text.lines(of: bytes).enumerated() where line.contains(where: { !$0.isWhitespace }) {
      read(line, number: index + 1, text: text)
    }
  }

  private mutating func read(_ line: Substring, number: Int, text: BagText) {
    func fail(_ kind: Problem.Kind, _ message: String) {
      problems.append(Problem(kind: kind, path: document, line: number, message: message))
    }
    guard let blank = line.firstIndex(where: { $0 == " " || $0 == "\t" }) else {
      return fail(.malformedRecord, "neither a digest with a path nor empty")
    }
    var path = line[blank...].drop { $0 == " " || $0 == "\t" }
    if path.hasPrefix("*") { path = path.dropFirst() }
    let decoded = text.path(String(path))
    guard !decoded.isEmpty, !decoded.utf8.contains(0) else { return fail(.malformedRecord, "a digest without a path") }
    if TreePath.leaves(decoded) { return fail(.outside, "`\(decoded)` leads out of the bag, and is not read") }
    let normal = TreePath(decoded).normalised ?? TreePath(decoded)
    let isPayload = normal.bytes.starts(with: "data/".utf8)
    if isPayload == isTagManifest {
      return fail(
        .malformedRecord,
        isTagManifest
          ? "a tag manifest does not speak of the payload" : "`\(decoded)` is no payload: it is not in `data/`")
    }
    entries.append(
      Entry(
        path: String(decoding: normal.bytes, as: UTF8.self), written: String(path), hex: String(line[..<blank]),
        line: number))
  }

  func claim(_ entry: Entry) -> Claim? {
    guard let algorithm else { return nil }
    return Claim(
      text: "\(algorithm.rawValue):\(entry.hex)", digest: Digest(text: entry.hex, assumed: algorithm),
      document: document,
      line: entry.line)
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }
}
