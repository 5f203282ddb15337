/// The transaction log of an offline run: records in 32 KiB blocks, framed as LevelDB does.
struct WandBLog: Sendable {
  private static let blockSize = 32768
  private static let headerSize = 7
  /// `:W&B`, a magic number, version 0.
  private static let header: [UInt8] = [0x3A, 0x57, 0x26, 0x42, 0xE1, 0xBE, 0x00]

  /// The records that could be read, in order.
  private(set) var records: [[UInt8]] = []
  /// Why reading stopped before the end of the file; a killed run leaves its last record short.
  private(set) var trouble: String?

  init(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.header.prefix(6)) else {
      trouble = "no log of Weights & Biases: it does not begin with `:W&B`"
      return
    }
    guard bytes.count > 6, bytes[6] == 0 else {
      trouble = "a log of another version, which is not read"
      return
    }
    read(bytes)
  }

  private mutating func read(_ bytes: [UInt8]) {
    var position = Self.headerSize
    var partial: [UInt8]?
    while position < bytes.count {
      let left = Self.blockSize - position % Self.blockSize
      // A rest that is too short for another header is padding.
      if left < Self.headerSize {
        position += left
        continue
      }
      guard position + Self.headerSize <= bytes.count else { return stop("its last record is cut short", partial) }
      let length = Int(bytes[position + 4]) | Int(bytes[position + 5]) << 8
      let type = bytes[position + 6]
      let start = position + Self.headerSize
      // Zeros are what is left of a block that was reserved and never written.
      if type == 0, length == 0 {
        return stop(bytes[position...].allSatisfy { $0 == 0 } ? nil : "a record of no kind", partial)
      }
      guard start + length <= bytes.count, Self.headerSize + length <= left else {
        return stop("its last record is cut short", partial)
      }
      let stated = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << (8 * UInt32($1)) }
      let data = bytes[start..<(start + length)]
      guard CRC32.checksum(bytes[(start - 1)..<(start + length)]) == stated else {
        return stop("the record at byte \(position) does not have the checksum that was written with it", partial)
      }
      switch type {
      case 1: records.append(Array(data))
      case 2: partial = Array(data)
      case 3, 4:
        guard var whole = partial else { return stop("the record at byte \(position) has no beginning", nil) }
        whole += data
        partial = type == 3 ? whole : nil
        if type == 4 { records.append(whole) }
      default: return stop("the record at byte \(position) is of an unknown kind", partial)
      }
      position = start + length
    }
    if partial != nil { trouble = "its last record is cut short" }
  }

  private mutating func stop(_ reason: String?, _ partial: [UInt8]?) {
    trouble = reason ?? (partial == nil ? nil : "its last record is cut short")
  }
}

/// CRC-32 as zlib computes it.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
  }
}
