import Documents

/// A path relative to a store's root, as bytes; file names need not be UTF-8.
package struct TreePath: Sendable, Hashable, Comparable {
  package let bytes: [UInt8]

  package static let root = TreePath(bytes: [])

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  /// For people and the database: invalid bytes as `\xNN`, and then backslashes doubled, so that it stays unambiguous.
  package var display: String { Self.display(bytes) }

  /// The bytes, where `display` is not exactly them.
  package var raw: [UInt8]? { TextDecoding.strict(bytes[...]) == nil ? bytes : nil }

  package var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  package var displayName: String { Self.display(name) }

  /// The containing folder; nil for the root.
  package var parent: TreePath? {
    if bytes.isEmpty { return nil }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return TreePath(bytes: Array(bytes[..<slash]))
  }

  /// Whether this is `folder` or lies below it.
  package func isBelow(_ folder: TreePath) -> Bool {
    folder.bytes.isEmpty
      || bytes.starts(with: folder.bytes)
        && (bytes.count == folder.bytes.count || bytes[folder.bytes.count] == UInt8(ascii: "/"))
  }

  /// Whether this is an entry of `folder` itself.
  package func isDirectly(in folder: TreePath) -> Bool {
    let start = folder.bytes.isEmpty ? 0 : folder.bytes.count + 1
    return bytes.count > start && isBelow(folder) && !bytes[start...].contains(UInt8(ascii: "/"))
  }

  package func appending(_ name: [UInt8]) -> TreePath {
    bytes.isEmpty ? TreePath(bytes: name) : TreePath(bytes: bytes + [UInt8(ascii: "/")] + name)
  }

  package func appending(_ text: some StringProtocol) -> TreePath { appending(Array(text.utf8)) }

  /// `.` and `..` resolved as text; nil when it climbs above the root.
  package var normalised: TreePath? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
      let count = end - start
      if count == 2, bytes[start] == UInt8(ascii: "."), bytes[start + 1] == UInt8(ascii: ".") {
        if result.isEmpty { return nil }
        result.removeSubrange((result.lastIndex(of: UInt8(ascii: "/")) ?? 0)...)
      } else if count > 1 || count == 1 && bytes[start] != UInt8(ascii: ".") {
        if !result.isEmpty { result.append(UInt8(ascii: "/")) }
        result += bytes[start..<end]
      }
      start = end + 1
    }
    return TreePath(bytes: result)
  }

  package static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }

  private static func display(_ bytes: [UInt8]) -> String {
    if let text = TextDecoding.strict(bytes[...]) { return text }
    var text = ""
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var consumed = 0
    // Decoding scalar by scalar keeps the valid parts readable.
    decoding: while consumed < bytes.count {
      switch decoder.decode(&iterator) {
      case .scalarValue("\\"):
        text += "\\\\"
        consumed += 1
      case .scalarValue(let scalar):
        text.unicodeScalars.append(scalar)
        consumed += UTF8.width(scalar)
      case .error:
        text += "\\x" + String(bytes[consumed], radix: 16, uppercase: true)
        consumed += 1
        decoder = UTF8()
        iterator = Array(bytes[consumed...]).makeIterator()
      case .emptyInput: break decoding
      }
    }
    return text
  }
}
