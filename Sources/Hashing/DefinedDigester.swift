import Records

/// A running digest that is not simply of a file's bytes.
enum DefinedDigester {
  case gitBlob(Digester)
  case dos2unix(Dos2UnixDigester)

  /// `size` is the file's, in bytes; nil for what is no definition of files.
  init?(_ definition: DigestDefinition, size: Int64) {
    switch definition {
    case .gitBlob:
      var digester = Digester(.sha1)
      digester.update(Array("blob \(size)".utf8) + [0])
      self = .gitBlob(digester)
    case .dos2unix: self = .dos2unix(Dos2UnixDigester())
    case .directory1, .schema1, .dvcDirectory, .dvcDirectoryDos2unix: return nil
    }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .gitBlob(var digester):
      digester.update(bytes)
      self = .gitBlob(digester)
    case .dos2unix(var digester):
      // The other copy is given up, so that the piece is not copied at each update.
      self = .gitBlob(Digester(.sha1))
      digester.update(bytes)
      self = .dos2unix(digester)
    }
  }

  func finish() -> Records.Digest {
    switch self {
    case .gitBlob(let digester): Records.Digest(algorithm: .sha1, hex: digester.finish().hex, definition: .gitBlob)
    case .dos2unix(let digester): Records.Digest(algorithm: .md5, hex: digester.finish(), definition: .dos2unix)
    }
  }
}

/// MD5 with `\r\n` turned into `\n`, piece by piece, as DVC before version 3 computed it.
///
/// A piece of 1 MiB whose first 512 bytes look like text is converted; a `\r\n` across two pieces stays.
struct Dos2UnixDigester {
  private static let pieceSize = 1 << 20
  private static let looked = 512

  private var digester = Digester(.md5)
  private var piece: [UInt8] = []

  init() {}

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.pieceSize - piece.count)
      piece.append(contentsOf: part)
      rest = rest[part.endIndex...]
      if piece.count == Self.pieceSize {
        digester.update(Self.converted(piece))
        piece.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Lower-case hexadecimal digits.
  func finish() -> String {
    var last = digester
    last.update(Self.converted(piece))
    return last.finish().hex
  }

  private static func converted(_ piece: [UInt8]) -> [UInt8] {
    guard looksLikeText(piece.prefix(looked)) else { return piece }
    var text: [UInt8] = []
    text.reserveCapacity(piece.count)
    for (index, byte) in piece.enumerated() {
      if byte == 0x0D, index + 1 < piece.count, piece[index + 1] == 0x0A { continue }
      text.append(byte)
    }
    return text
  }

  /// No NUL, and at most 30 % of the bytes are not printable ASCII, tab, line feed, carriage return, form feed, backspace.
  static func looksLikeText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var odd = 0
    for byte in bytes {
      switch byte {
      case 0: return false
      case 32...126, 8, 9, 10, 12, 13: break
      default: odd += 1
      }
    }
    return odd * 10 <= bytes.count * 3
  }
}
