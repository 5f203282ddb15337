import Records

/// The index of a git repository: which blob stands under which path (versions 2 and 3).
struct GitIndex: Sendable {
  /// SHA-1 of the blob in hexadecimal, by path.
  private(set) var blobs: [TreePath: String] = [:]

  /// Empty for what is no index of these versions.
  init(_ bytes: [UInt8]) {
    guard bytes.count > 12, bytes.prefix(4).elementsEqual("DIRC".utf8) else { return }
    let version = Self.number(bytes, 4)
    guard version == 2 || version == 3 else { return }
    var position = 12
    for _ in 0..<Self.number(bytes, 8) {
      // Times, device, mode, owner and size are 40 bytes, the name of the blob 20, flags 2.
      guard position + 62 < bytes.count else { return }
      let blob = Self.hex(bytes[(position + 40)..<(position + 60)])
      let flags = UInt16(bytes[position + 60]) << 8 | UInt16(bytes[position + 61])
      let start = position + (version == 3 && flags & 0x4000 != 0 ? 64 : 62)
      guard start < bytes.count, let end = bytes[start...].firstIndex(of: 0) else { return }
      blobs[TreePath(bytes: Array(bytes[start..<end]))] = blob
      // Padded with 1 to 8 NULs to a multiple of 8.
      position += ((end - position) / 8 + 1) * 8
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
