/// The header of one member of a tar archive (ustar, with a pax record where that has no room), in one spelling only.
///
/// Owner, group and time are always the same, so that the same members make the same bytes; and whatever another header
/// could say besides, a link or a path that leads out, cannot be said.
struct TarHeader: Sendable, Hashable {
  static let block = 512
  private static let longestName = 100
  /// What eleven octal digits can say.
  private static let largestSize = 0o77777777777
  /// Of the record that holds what the header has no room for.
  private static let paxName = "PaxHeader"
  static let largestPax = 4096

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

  /// Reads the header that `blocks` begin with; nil unless it is in the one spelling. `more` gives further blocks.
  static func read(_ first: [UInt8], more: (Int) throws -> [UInt8]) rethrows -> TarHeader? {
    guard first.count == block, let size = number(first[124..<135]) else { return nil }
    switch first[156] {
    case UInt8(ascii: "0"):
      let header = TarHeader(name: text(first[..<longestName]), size: size)
      return header.bytes == first ? header : nil
    case UInt8(ascii: "x"):
      guard size > 0, size <= largestPax else { return nil }
      let records = try more(size + padding(after: size).count)
      let second = try more(block)
      guard records.count >= size, second.count == block, let plain = number(second[124..<135]) else { return nil }
      let said = paxValues(records[..<size])
      let header = TarHeader(
        name: said["path"] ?? text(second[..<longestName]), size: said["size"].flatMap { Int($0) } ?? plain)
      return header.size >= 0 && header.bytes == first + records + second ? header : nil
    default: return nil
    }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: field, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
  }

  /// Key and value of each line; what is not spelled as it must be shows when the header is written again.
  private static func paxValues(_ records: ArraySlice<UInt8>) -> [String: String] {
    var values: [String: String] = [:]
    for line in records.split(separator: UInt8(ascii: "\n")) {
      let record = String(decoding: line, as: UTF8.self)
      guard let blank = record.firstIndex(of: " "), let equals = record[blank...].firstIndex(of: "=") else { continue }
      values[String(record[record.index(after: blank)..<equals])] = String(record[record.index(after: equals)...])
    }
    return values
  }
}
