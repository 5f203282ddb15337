/// Reads headers of plain files, as any program writes them; owner, mode and times are nobody's business, and everything
/// else that a header can say is refused.
extension TarHeader {
  private static let largestPax = 4096
  /// What pax records may say besides name and size, and is passed over.
  private static let ignoredKeys: Set = ["mtime", "atime", "ctime", "uid", "gid", "uname", "gname"]

  /// Why a block is no header of a plain file.
  struct Refusal: Error, Sendable, Hashable { let reason: String }

  /// Reads the header that begins with the block `first`; `more` gives the bytes that follow.
  ///
  /// `isOurs` says whether it is spelled as this program spells it. A folder has no header that counts: nil.
  static func read(
    _ first: [UInt8], more: (Int) throws -> [UInt8]
  ) throws -> (header: TarHeader, isOurs: Bool)? {
    var fields = try Fields(first)
    var blocks = first
    var said: [String: String] = [:]
    if fields.type == UInt8(ascii: "x") {
      guard fields.size > 0, fields.size <= largestPax else {
        throw Refusal(reason: "a record before a header is too long")
      }
      let records = try more(fields.size + padding(after: fields.size).count)
      guard records[fields.size...].allSatisfy({ $0 == 0 }) else {
        throw Refusal(reason: "something stands behind a record")
      }
      said = try paxValues(records[..<fields.size])
      let second = try more(block)
      fields = try Fields(second)
      blocks += records + second
    }
    if fields.type == UInt8(ascii: "5"), fields.size == 0, said["size"] == nil { return nil }
    guard [0, UInt8(ascii: "0")].contains(fields.type) else {
      throw Refusal(reason: "a link, or something else that is no plain file")
    }
    var size = fields.size
    if let text = said["size"] {
      guard let number = Int(text), number >= 0 else { throw Refusal(reason: "the size `\(text)` is none") }
      size = number
    }
    let name = said["path"] ?? fields.name
    // As programs call what lies in the folder that they pack.
    let header = TarHeader(name: name.hasPrefix("./") ? String(name.dropFirst(2)) : name, size: size)
    return (header, header.bytes == blocks)
  }

  /// What a block says, once its checksum was looked at.
  private struct Fields {
    let name: String
    let size: Int
    let type: UInt8

    init(_ block: [UInt8]) throws {
      guard block.count == TarHeader.block else { throw Refusal(reason: "half a header") }
      let isGNU = block[257..<265].elementsEqual("ustar  \0".utf8)
      guard isGNU || block[257..<265].elementsEqual("ustar\0".utf8.map { $0 } + "00".utf8) else {
        throw Refusal(reason: "no header of a tar archive")
      }
      let sum = block.enumerated().reduce(0) { $0 + (148..<156 ~= $1.offset ? 0x20 : Int($1.element)) }
      guard Self.number(block[148..<156]) == sum else { throw Refusal(reason: "the checksum of a header is wrong") }
      guard let size = Self.number(block[124..<136]) else { throw Refusal(reason: "the size in a header is none") }
      guard block[157..<257].allSatisfy({ $0 == 0 }) else {
        throw Refusal(reason: "a header names the target of a link")
      }
      guard let plain = Self.text(block[..<100]), let prefix = Self.text(block[345..<500]) else {
        throw Refusal(reason: "something stands behind a name")
      }
      guard !isGNU || prefix.isEmpty, block[500...].allSatisfy({ $0 == 0 }) else {
        throw Refusal(reason: "a header says more than name and size")
      }
      name = prefix.isEmpty ? plain : "\(prefix)/\(plain)"
      self.size = size
      type = block[156]
    }

    /// Nil when more than zeros stands behind its end.
    private static func text(_ field: ArraySlice<UInt8>) -> String? {
      let text = field.prefix { $0 != 0 }
      return field[text.endIndex...].allSatisfy { $0 == 0 } ? String(decoding: text, as: UTF8.self) : nil
    }

    /// Octal digits, with blanks before and blanks or zeros behind.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
      let digits = field.drop { $0 == 0x20 }.prefix { 0x30...0x37 ~= $0 }
      guard !digits.isEmpty, field[digits.endIndex...].allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return nil }
      return Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }
  }

  /// Key and value of each `<length> key=value` line.
  private static func paxValues(_ records: ArraySlice<UInt8>) throws -> [String: String] {
    var values: [String: String] = [:]
    var rest = records
    while !rest.isEmpty {
      let digits = rest.prefix { 0x30...0x39 ~= $0 }
      guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 2, length <= rest.count,
        case let line = rest.prefix(length), line.last == UInt8(ascii: "\n"), line[digits.endIndex] == 0x20,
        case let pair = line[(digits.endIndex + 1)...].dropLast(), let equals = pair.firstIndex(of: UInt8(ascii: "="))
      else { throw Refusal(reason: "a record before a header cannot be read") }
      let key = String(decoding: pair[..<equals], as: UTF8.self)
      let value = String(decoding: pair[(equals + 1)...], as: UTF8.self)
      if ["path", "size"].contains(key) {
        guard values.updateValue(value, forKey: key) == nil else {
          throw Refusal(reason: "a record says `\(key)` twice")
        }
      } else if !ignoredKeys.contains(key) {
        throw Refusal(reason: "a record says `\(key)`, which no member of a pack has")
      }
      rest = rest.dropFirst(length)
    }
    return values
  }
}
