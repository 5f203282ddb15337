import Records
import Hashing

/// The index of a git repository: which blob stands under which path (versions 2 and 3).
struct GitIndex: Sendable {
  /// SHA-1 of the blob in hexadecimal, by path.
  private(set) var blobs: [TreePath: String] = [:]
  /// Why nothing, or not all, of it could be read.
  private(set) var trouble: String?

  init(_ bytes: [UInt8]) {
    guard bytes.count >= 12 + 20, bytes.prefix(4).elementsEqual("DIRC".utf8) else {
      trouble = "no index of git: files that Git LFS replaced are not known by it"
      return
    }
    let version = Self.number(bytes, 4)
    guard version == 2 || version == 3 else {
      trouble = "an index of version \(version), which is not read; run `git update-index --index-version 2`"
      return
    }
    // Git may be told not to compute the checksum, and then writes zeros.
    let stated = bytes.suffix(20)
    if !stated.allSatisfy({ $0 == 0 }), !BytesDigest.sha1(bytes.dropLast(20)).elementsEqual(stated) {
      trouble = "the index does not have the checksum that was written with it; run `git reset`"
      return
    }
    trouble = read(bytes) ? nil : "the index ends in the middle of an entry"
  }

  /// False when the entries do not come to their end.
  private mutating func read(_ bytes: [UInt8]) -> Bool {
    let version = Self.number(bytes, 4)
    var position = 12
    for _ in 0..<Self.number(bytes, 8) {
      // Times, device, mode, owner and size are 40 bytes, the name of the blob 20, flags 2.
      guard position + 62 < bytes.count else { return false }
      let blob = bytes[(position + 40)..<(position + 60)].hexadecimal
      let flags = UInt16(bytes[position + 60]) << 8 | UInt16(bytes[position + 61])
      let start = position + (version == 3 && flags & 0x4000 != 0 ? 64 : 62)
      guard start < bytes.count, let end = bytes[start...].firstIndex(of: 0) else { return false }
      blobs[TreePath(bytes: Array(bytes[start..<end]))] = blob
      // Padded with 1 to 8 NULs to a multiple of 8.
      position += ((end - position) / 8 + 1) * 8
    }
    return true
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
  }
}
