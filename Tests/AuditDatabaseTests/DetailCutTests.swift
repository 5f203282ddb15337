import Foundation
import Testing

@testable import AuditDatabase

@Suite struct DetailCutTests {
  private static func details(_ count: Int, item: (Int) -> String = { "p\($0)" }) throws -> String {
    let items = (0..<count).map {
      DetailListItem(item: item($0), message: "m", path: "a/b", line: $0)
    }
    let text = try items.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }.joined(separator: ",")
    return "{\"count\":\(count),\"items\":[\(text)]}"
  }

  private struct DetailListItem: Encodable {
    let item: String
    let message: String
    let path: String
    let line: Int
  }

  @Test(arguments: [0, 1, 19, 20, 21, 99, 100, 1000])
  func `keeps twenty items and the whole count`(count: Int) throws {
    var cutter = DetailCut()
    let list = try #require(DetailList(json: cutter.cut(try Self.details(count))))
    #expect(list.count == count)
    #expect(list.items.map(\.item) == (0..<min(count, 20)).map { "p\($0)" })
  }

  @Test(arguments: ["a,b", "\"", "\\", "},{", "]}", "\\\"]", "{\"items\":[", "ü\u{1F600}\n"])
  func `text inside an item is no structure`(item: String) throws {
    var cutter = DetailCut()
    let list = try #require(DetailList(json: cutter.cut(try Self.details(30) { "\(item)\($0)" })))
    #expect(list.items.map(\.item) == (0..<20).map { "\(item)\($0)" })
  }

  @Test func `a rule of one's own may order its keys as it likes`() throws {
    var cutter = DetailCut()
    let items = (0..<30).map { "{\"item\": \"p\($0)\"}" }.joined(separator: ", ")
    let list = try #require(DetailList(json: cutter.cut("{ \"items\": [\(items)], \"count\": 30 }")))
    #expect(list.count == 30 && list.items.count == 20)
  }

  @Test func `what is no list of details stays as it is`() {
    var cutter = DetailCut()
    for text in ["", "null", "{\"count\":30,\"items\":[", "{\"count\":30}", "[]"] { #expect(cutter.cut(text) == text) }
  }
}
