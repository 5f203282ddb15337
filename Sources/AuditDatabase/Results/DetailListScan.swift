/// Reads the JSON of details in the form that SQLite gives it, which nearly all of an audit has.
///
/// Foundation's decoder takes longer for the details of a finding than everything else that a report does with it. What this
/// does not know (escapes, other keys, spaces) it leaves to that decoder.
struct DetailListScan {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// Nil when `text` has another form.
  static func list(_ text: String) -> DetailList? {
    var scan = Self(text)
    guard scan.passes("{\"count\":"), let count = scan.number(), scan.passes(",\"items\":[") else { return nil }
    var items: [DetailList.Item] = []
    if !scan.passes("]") {
      repeat {
        guard let item = scan.item() else { return nil }
        items.append(item)
      } while scan.passes(",")
      guard scan.passes("]") else { return nil }
    }
    guard scan.passes("}"), scan.position == scan.bytes.count else { return nil }
    return DetailList(count: count, items: items)
  }

  private mutating func item() -> DetailList.Item? {
    guard passes("{\"item\":"), let item = text(), passes(",\"message\":"), let message = text(), passes(",\"path\":"),
      let path = text(), passes(",\"line\":"), let line = passes("null") ? .some(nil) : number().map(Optional.some),
      passes("}")
    else { return nil }
    return DetailList.Item(item: item, message: message, path: path, line: line)
  }

  /// A string without escapes, or `null`; nil for anything else.
  private mutating func text() -> String?? {
    if passes("null") { return .some(nil) }
    guard passes("\"") else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] != UInt8(ascii: "\\"), bytes[position] >= 0x20 else { return nil }
      position += 1
    }
    defer { position += 1 }
    return position < bytes.count ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  /// A whole number of few digits.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      (value, position) = (value * 10 + digit, position + 1)
      // Beyond it, a product might not fit.
      if position - start > 15 { return nil }
    }
    let isPlain = position == start + 1 || position > start && bytes[start] != UInt8(ascii: "0")
    return isPlain ? value : nil
  }

  private static func digit(_ byte: UInt8) -> Int? {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? Int(byte - UInt8(ascii: "0")) : nil
  }

  /// Passes over `expected` if it comes next.
  private mutating func passes(_ expected: StaticString) -> Bool {
    let length = expected.utf8CodeUnitCount
    guard position + length <= bytes.count else { return false }
    for offset in 0..<length where bytes[position + offset] != expected.utf8Start[offset] { return false }
    position += length
    return true
  }
}
