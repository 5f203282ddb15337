import Foundation
import Testing

@testable import AuditDatabase

@Suite struct DetailListTests {
  /// With what the scan does not know, so that both readers are asked.
  @Test(arguments: [
    #"{"count":0,"items":[]}"#,
    #"{"count":1,"items":[{"item":"a","message":"b","path":"c/d","line":7}]}"#,
    #"{"count":900,"items":[{"item":"a","message":"b","path":null,"line":null},{"item":"ü 😀","message":"","path":"","line":0}]}"#,
    #"{"count":1,"items":[{"item":null,"message":null,"path":null,"line":-3}]}"#,
    #"{"count":1,"items":[{"item":"\"\\\n\u00e9","message":"b","path":null,"line":1}]}"#,
    #"{"count":1,"items":[{"message":"b","item":"a"}]}"#,
    #"{ "count": 1, "items": [ {"item": "a"} ] }"#,
    #"{"items":[],"count":3}"#,
    #"{"count":1,"items":[{"item":"a","message":"b","path":null,"line":1,"more":[1]}]}"#,
    #"{"count":1e1,"items":[]}"#,
  ])
  func `a list is read as Foundation reads it`(json: String) throws {
    let list = try #require(DetailList(json: json))
    let expected = try JSONDecoder().decode(DetailList.self, from: Data(json.utf8))
    #expect(list.count == expected.count)
    #expect(list.items.map(\.detail) == expected.items.map(\.detail))
  }

  @Test(arguments: [
    "", "null", "[]", #"{"count":1}"#, #"{"count":01,"items":[]}"#, #"{"count":,"items":[]}"#,
    #"{"count":1,"items":[{]}"#,
    #"{"count":1,"items":[{"item":"a","message":"b","path":null,"line":1}}"#, #"{"count":1,"items":[]"#,
    #"{"count":1,"items":[]}}"#, #"{"count":1,"items":[{"item":"a"#, #"{"count":99999999999999999999,"items":[]}"#,
    #"{"count":1,"items":[{"item":"a","message":"b","path":null,"line":1.5}]}"#,
  ])
  func `what is no list of details is none`(json: String) { #expect(DetailList(json: json) == nil) }

  @Test func `the form that SQLite gives needs no decoder`() {
    let json = #"{"count":2,"items":[{"item":"a","message":"b","path":"c","line":1}]}"#
    #expect(DetailListScan.list(json)?.items.count == 1)
  }
}
