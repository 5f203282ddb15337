import Documents
import Records

/// Reads `checksum.txt`: GNU (`<hex>  <name>`), BSD (`SHA256 (<name>) = <hex>`) or a bare digest.
package enum ChecksumFile {
  /// One stated digest; `name` is nil for a bare one.
  package struct Line: Sendable, Hashable {
    package let name: String?
    package let text: String
    /// Nil when the text is not a digest.
    package let digest: Digest?
    package let line: Int
  }

  /// The stated digests, and the numbers of lines that state none.
  package static func read(_ bytes: [UInt8]) -> (lines: [Line], unreadable: [Int]) {
    var lines: [Line] = []
    var unreadable: [Int] = []
    let text = TextDecoding.decode(bytes)
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = raw.trimmingPrefix(while: \.isWhitespace).trimmingSuffix(while: \.isWhitespace)
      if content.isEmpty || content.hasPrefix("#") { continue }
      if let line = bsd(content, number: index + 1) ?? gnu(content, number: index + 1) {
        lines.append(line)
      } else {
        unreadable.append(index + 1)
      }
    }
    return (lines, unreadable)
  }

  private static func bsd(_ content: Substring, number: Int) -> Line? {
    guard let open = content.firstRange(of: " ("), let close = content.ranges(of: ") = ").last,
      open.upperBound <= close.lowerBound,
      let algorithm = DigestAlgorithm(spelling: content[..<open.lowerBound])
    else { return nil }
    let hex = content[close.upperBound...]
    return Line(
      name: String(content[open.upperBound..<close.lowerBound]), text: String(hex),
      digest: Digest(text: "\(algorithm.rawValue):\(hex)"), line: number)
  }

  private static func gnu(_ content: Substring, number: Int) -> Line? {
    // sha256sum begins a line with a backslash when the name holds a newline or a backslash.
    let escaped = content.hasPrefix("\\")
    let body = escaped ? content.dropFirst() : content
    guard let space = body.firstIndex(where: \.isWhitespace) else {
      guard let digest = Digest(text: body) else { return nil }
      return Line(name: nil, text: String(body), digest: digest, line: number)
    }
    let hex = body[..<space]
    var name = body[space...].trimmingPrefix(while: \.isWhitespace)
    if name.hasPrefix("*") { name = name.dropFirst() }
    guard !name.isEmpty, !name.contains("\0") else { return nil }
    return Line(
      name: escaped ? unescape(name) : String(name), text: String(hex), digest: Digest(text: hex), line: number)
  }
}

extension ChecksumFile {
  private static func unescape(_ name: Substring) -> String {
    // NUL cannot stand in a name, so it can stand for the backslash meanwhile.
    name.replacing("\\\\", with: "\u{0}").replacing("\\n", with: "\n").replacing("\u{0}", with: "\\").description
  }
}

extension Substring {
  fileprivate func trimmingPrefix(while predicate: (Character) -> Bool) -> Substring { drop(while: predicate) }

  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    guard let last = lastIndex(where: { !predicate($0) }) else { return prefix(0) }
    return self[...last]
  }
}
