import Documents
import Records

/// The tag files of a bag as text, and `bagit.txt`, which says how to read them.
struct BagText: Sendable, Hashable {
  /// How the other tag files are encoded.
  enum Encoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16 = "UTF-16"
    case latin1 = "ISO-8859-1"
    case ascii = "US-ASCII"
  }

  /// 97 for 0.97, 100 for 1.0.
  var version = 97
  var encoding = Encoding.utf8
  private(set) var problems: [Problem] = []

  /// Whether a file has to stand in every payload manifest.
  var isStrict: Bool { version >= 100 }

  /// Reads `bagit.txt`, whose two lines are strict about every blank.
  init(declaration bytes: [UInt8], path: String) {
    func fail(_ line: Int, _ message: String) {
      problems.append(Problem(kind: .malformedRecord, path: path, line: line, message: message))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { fail(1, "a byte order mark, which must not be there") }
    let lines = TextDecoding.decode(bytes).split(whereSeparator: \.isNewline)
    if let number = lines.first.flatMap(Self.version) {
      version = number
    } else {
      fail(1, "not `BagIt-Version: M.N`")
    }
    let name = lines.count > 1 ? Self.value("Tag-File-Character-Encoding", lines[1]) : nil
    if let name, let known = Encoding.allCases.first(where: { $0.rawValue == name.uppercased() }) {
      encoding = known
    } else if let name, name.hasPrefix("UTF-16") {
      encoding = .utf16
    } else {
      fail(2, name.map { "the encoding \($0) is not read" } ?? "not `Tag-File-Character-Encoding: UTF-8`")
    }
    if lines.count > 2 { fail(3, "more than the two lines that belong here") }
  }

  private static func version(_ line: Substring) -> Int? {
    let parts = value("BagIt-Version", line)?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]), (0...99).contains(minor) else {
      return nil
    }
    return major * 100 + minor
  }

  private static func value(_ key: String, _ line: Substring) -> String? {
    guard line.hasPrefix(key + ": ") else { return nil }
    let value = line.dropFirst(key.count + 2)
    return value.isEmpty || value.contains(where: \.isWhitespace) ? nil : String(value)
  }

  /// The lines of another tag file, numbered from 1; nil for the number of a line that is not of the encoding.
  func lines(of bytes: [UInt8]) -> [Substring] {
    let text: String =
      switch encoding {
      case .utf8, .ascii: TextDecoding.decode(bytes)
      case .utf16:
        TextDecoding.decode(
          bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? bytes : [0xFE, 0xFF] + bytes)
      case .latin1: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  /// A path as a manifest writes it: line ends are `%0A` and `%0D`, and from version 1.0 on the percent sign is `%25`.
  func path(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let code = String(decoding: rest.prefix(2), as: UTF8.self).uppercased()
      let decoded: UInt8? =
        switch code {
        case "0A": 0x0A
        case "0D": 0x0D
        case "25": isStrict ? UInt8(ascii: "%") : nil
        default: nil
        }
      if byte == UInt8(ascii: "%"), let decoded {
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
