import Foundation
import Records

/// The details of a result as rules give them in JSON: how many there are, and the first of them.
package struct DetailList: Codable, Sendable {
  package struct Item: Codable, Sendable {
    package let item: String?
    package let message: String?
    package let path: String?
    package let line: Int?

    package var detail: Detail { Detail(item: item ?? "", message: message ?? "", path: path, line: line) }
  }

  /// Rules list at most this many.
  package static let mostListed = 1000
  /// Reports show at most this many.
  package static let mostShown = 20

  package let count: Int
  package let items: [Item]

  package init(count: Int, items: [Item]) {
    self.count = count
    self.items = items
  }

  package init?(json: String) {
    guard let list = DetailListScan.list(json) ?? (try? JSONDecoder().decode(DetailList.self, from: Data(json.utf8)))
    else { return nil }
    self = list
  }

  /// As JSON, with the items that reports show.
  package var shown: String {
    let list = DetailList(count: count, items: Array(items.prefix(Self.mostShown)))
    return (try? CanonicalJSON.text(list)) ?? "{\"count\":\(count),\"items\":[]}"
  }
}

/// Cuts the JSON of details to what reports show, without reading it: a rule says them of a hundred thousand runs.
struct DetailCut {
  private var last: (text: String, cut: String)?

  /// `text` with the first items only; the count stays.
  mutating func cut(_ text: String) -> String {
    guard Self.mayHoldMore(text) else { return text }
    // Runs that share an environment or a dataset share the text.
    if let last, last.text == text { return last.cut }
    let cut = Self.prefix(of: text) ?? DetailList(json: text)?.shown ?? text
    last = (text, cut)
    return cut
  }

  private static let head = Array("{\"count\":".utf8)

  /// False only where the count itself says that there is nothing to cut.
  private static func mayHoldMore(_ text: String) -> Bool {
    guard text.utf8.starts(with: head) else { return true }
    let digits = text.utf8.dropFirst(head.count).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard digits.count <= 2, let count = Int(String(decoding: digits, as: UTF8.self)) else { return true }
    return count > DetailList.mostShown
  }

  /// Nil when the text does not have the form that SQLite gives it: the count, then the items.
  private static func prefix(of text: String) -> String? {
    let bytes = Array(text.utf8)
    let start = Array(",\"items\":[".utf8)
    guard bytes.starts(with: head), let comma = bytes[head.count...].firstIndex(where: { $0 == UInt8(ascii: ",") }),
      bytes[comma...].starts(with: start), bytes.suffix(2) == [UInt8(ascii: "]"), UInt8(ascii: "}")]
    else { return nil }
    var depth = 0
    var isInText = false
    var items = 0
    var place = comma + start.count
    while place < bytes.count {
      let byte = bytes[place]
      if isInText {
        if byte == UInt8(ascii: "\\") { place += 1 } else if byte == UInt8(ascii: "\"") { isInText = false }
      } else if byte == UInt8(ascii: "\"") {
        isInText = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
        // The list itself ends: there was nothing to cut.
        if depth < 0 { return text }
      } else if byte == UInt8(ascii: ","), depth == 0 {
        items += 1
        if items == DetailList.mostShown { return String(decoding: bytes[..<place], as: UTF8.self) + "]}" }
      }
      place += 1
    }
    return nil
  }
}
