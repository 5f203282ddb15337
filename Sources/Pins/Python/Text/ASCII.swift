/// Kinds of bytes.
enum ASCII {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// Without a branch: in a digest nobody can foretell whether a letter or a digit follows.
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) != ((byte | 0x20) &- 97 < 6) }

  /// Whether all are hex digits, and there are some.
  static func isHex(_ bytes: ArraySlice<UInt8>) -> Bool {
    var others: UInt8 = 0
    for byte in bytes { others |= isHex(byte) ? 0 : 1 }
    return others == 0 && !bytes.isEmpty
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// What stands inside a name: letters, digits, `-`, `_` and `.`.
  static func isNameByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || isSeparator(byte) }

  /// `-`, `_` and `.`, which names and versions use alike.
  static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2E || byte == 0x5F }

  /// A letter, digit or `_`, or a part of any letter that is not ASCII: what a word goes on with.
  static func isWordByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == 0x5F || byte >= 0x80 }

  static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}
