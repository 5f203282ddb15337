import Lineage
import Testing

@Suite struct LabelTextTests {
  @Test(arguments: [
    ("short", "short"), (String(repeating: "a", count: 30), String(repeating: "a", count: 30)),
    ("project/a-model-with-a-long-name@1.2.0", "project/a-model-wit…name@1.2.0"), ("", ""),
  ])
  func `a long label keeps its start and its end`(label: String, expected: String) {
    #expect(LabelText.shortened(label) == expected)
    #expect(LabelText.shortened(label).count <= LabelText.limit)
  }

  @Test func `wide letters take more room`() {
    #expect(LabelText.width("WWWW") > LabelText.width("iiii"))
    #expect(LabelText.width("漢字") > LabelText.width("ab"))
  }
}
