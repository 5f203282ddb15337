import Crypto
import Records

/// The MD5 that DVC names a directory by: of a JSON list of the MD5 and path of each file in it.
package struct DVCDirectoryDigest {
  private var entries: [(path: [UInt8], md5: String)] = []

  package init() {}

  /// Adds a regular file by its path relative to the directory; the order of adding does not matter.
  package mutating func add(path: [UInt8], md5: String) { entries.append((path, md5)) }

  /// Lower-case hexadecimal digits.
  package func finish() -> String { Digester.md5(of: manifest) }

  /// The manifest byte by byte, as DVC keeps it in its cache: sorted by code point, which is the order of UTF-8 bytes.
  package var manifest: [UInt8] {
    let items = entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }.map { entry in
      "{\"md5\": \"\(entry.md5)\", \"relpath\": \(Self.quoted(entry.path))}"
    }
    return Array("[\(items.joined(separator: ", "))]".utf8)
  }

  /// As Python's `json` writes a string in ASCII; bytes that are not UTF-8 as the lone surrogates that Python reads them as.
  private static func quoted(_ path: [UInt8]) -> String {
    var text = "\""
    var iterator = path.makeIterator()
    var decoder = UTF8()
    var position = 0
    while position < path.count {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        position += UTF8.width(scalar)
        text += escaped(scalar)
      case .error, .emptyInput:
        text += escape(0xDC00 + UInt16(path[position]))
        position += 1
        decoder = UTF8()
        iterator = Array(path[position...]).makeIterator()
      }
    }
    return text + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{8}": "\\b"
    case "\u{C}": "\\f"
    case " "..."~": String(scalar)
    default: UTF16.encode(scalar).map { $0.map(escape).joined() } ?? ""
    }
  }

  private static func escape(_ unit: UInt16) -> String {
    let hex = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
  }
}

extension Digester {
  fileprivate static func md5(of bytes: [UInt8]) -> String {
    var digester = Digester(.md5)
    digester.update(bytes)
    return digester.finish().hex
  }
}
