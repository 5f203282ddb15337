/// The header of one member of a tar archive (ustar, with a pax record where that has no room).
///
/// Owner, group and time are always the same, so that the same members make the same bytes.
struct TarHeader: Sendable, Hashable {
  static let block = 512
  private static let longestName = 100
  /// What eleven octal digits can say.
  private static let largestSize = 0o77777777777
  /// Of the record that holds what the header has no room for.
  private static let paxName = "PaxHeader"

  let name: String
  /// Bytes.
  let size: Int

  /// A whole number of blocks.
  var bytes: [UInt8] {
    let records = paxRecords
    guard !records.isEmpty else { return Self.block(name: Array(name.utf8), size: size, type: "0") }
    return Self.block(name: Array(Self.paxName.utf8), size: records.count, type: "x") + records
      + Self.padding(after: records.count)
      + Self.block(
        name: Array(name.utf8.prefix(Self.longestName)), size: size > Self.largestSize ? 0 : size, type: "0")
  }

  /// What fills the last block of `count` bytes.
  static func padding(after count: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: (block - count % block) % block)
  }

  /// What ends an archive.
  static let end = [UInt8](repeating: 0, count: 2 * block)

  /// `<length> path=…\n`, where the length counts itself.
  private var paxRecords: [UInt8] {
    var records: [UInt8] = []
    if name.utf8.count > Self.longestName { records += Self.record("path", name) }
    if size > Self.largestSize { records += Self.record("size", "\(size)") }
    return records
  }

  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while "\(length)".utf8.count + rest.utf8.count != length { length = "\(length)".utf8.count + rest.utf8.count }
    return Array("\(length)\(rest)".utf8)
  }

  private static func block(name: [UInt8], size: Int, type: Character) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.block)
    func put(_ text: String, at place: Int) { block.replaceSubrange(place..<place + text.utf8.count, with: text.utf8) }
    block.replaceSubrange(0..<name.count, with: name)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar\0" + "00", at: 257)
    put("0000000", at: 329)
    put("0000000", at: 337)
    put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    return block
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
