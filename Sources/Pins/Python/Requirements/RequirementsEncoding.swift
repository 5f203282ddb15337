import Documents

/// Turns the bytes of a requirements file into UTF-8, by its byte order mark or its `coding:` comment as pip does.
enum RequirementsEncoding {
  /// UTF-8 that is valid, and what was wrong with the bytes.
  struct Reading {
    let bytes: [UInt8]
    let problem: (message: String, line: Int)?
  }

  static func read(_ bytes: [UInt8]) -> Reading {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes[3...])) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return utf32(bytes) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return Reading(bytes: Array(TextDecoding.decode(bytes).utf8), problem: nil)
    }
    guard let (name, line) = declared(bytes) else { return utf8(bytes) }
    switch name {
    case "utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii": return utf8(bytes)
    case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15", "l1":
      return Reading(bytes: singleByte(bytes) { UInt32($0) }, problem: nil)
    case "cp1252", "windows-1252": return Reading(bytes: singleByte(bytes, windows), problem: nil)
    default:
      let message = "the encoding `\(Excerpt.of(name))` is not read here; save the file as UTF-8"
      return Reading(bytes: utf8(bytes).bytes, problem: (message, line))
    }
  }

  private static func utf8(_ bytes: [UInt8]) -> Reading {
    if bytes.allSatisfy({ $0 < 0x80 }) || TextDecoding.strict(bytes[...]) != nil {
      return Reading(bytes: bytes, problem: nil)
    }
    let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let message = "the file is not UTF-8, and has no `# -*- coding: … -*-` line that names another encoding"
    return Reading(bytes: repaired, problem: (message, 1 + bytes[..<firstFault(bytes)].count { $0 == 0x0A }))
  }

  /// Where valid text ends; the replacement character shows where it was put.
  private static func firstFault(_ bytes: [UInt8]) -> Int {
    var index = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let length = UTF8.width(scalar)
      let isAsWritten =
        index + length <= bytes.count && UTF8.encode(scalar)?.elementsEqual(bytes[index..<index + length]) == true
      if !isAsWritten { break }
      index += length
    }
    return min(index, bytes.count)
  }

  private static func utf32(_ bytes: [UInt8]) -> Reading {
    let isLittle = bytes[0] == 0xFF
    var text = String.UnicodeScalarView()
    for start in stride(from: 4, to: bytes.count - bytes.count % 4, by: 4) {
      let unit = bytes[start..<start + 4]
      let value = isLittle ? unit.reversed().reduce(UInt32(0), join) : unit.reduce(UInt32(0), join)
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return Reading(bytes: Array(String(text).utf8), problem: nil)
  }

  private static func join(_ value: UInt32, _ byte: UInt8) -> UInt32 { value << 8 | UInt32(byte) }

  private static func singleByte(_ bytes: [UInt8], _ scalar: (UInt8) -> UInt32) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(scalar(byte)) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }

  private static func windows(_ byte: UInt8) -> UInt32 {
    byte >= 0x80 && byte < 0xA0 ? windowsScalars[Int(byte - 0x80)] : UInt32(byte)
  }

  private static let windowsScalars: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  /// The name behind `coding:` or `coding=` in a comment of the first two lines (PEP 263), in lower case.
  private static func declared(_ bytes: [UInt8]) -> (name: String, line: Int)? {
    var start = 0
    for number in 1...2 where start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      if bytes[start] == 0x23, let name = declared(ByteCursor(bytes, start..<end)) { return (name, number) }
      start = end + 1
    }
    return nil
  }

  private static func declared(_ line: ByteCursor) -> String? {
    var cursor = line
    while !cursor.isAtEnd {
      guard cursor.takeExactly("coding") else {
        cursor.index += 1
        continue
      }
      guard cursor.take(0x3A) || cursor.take(0x3D) else { continue }
      cursor.skip { ASCII.isBlank($0) || $0 == 0x0D }
      let name = cursor.skip { ASCII.isNameByte($0) }
      if !name.isEmpty { return cursor.text(name).lowercased().replacing("_") }
    }
    return nil
  }
}

extension String {
  /// `latin_1` is `latin-1`.
  fileprivate func replacing(_ separator: Character) -> String {
    split(separator: separator, omittingEmptySubsequences: false).joined(separator: "-")
  }
}
