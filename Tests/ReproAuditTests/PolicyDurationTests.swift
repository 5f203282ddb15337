import Testing

@testable import ReproAudit

@Suite struct PolicyDurationTests {
  @Test(arguments: [
    ("30d", 2_592_000), ("12h", 43_200), ("2w", 1_209_600), ("1w3d", 864_000), ("0d", 0), ("1y", 31_536_000),
    ("90m", 5400), ("7s", 7),
  ])
  func `reads whole numbers with units`(text: String, seconds: Int) {
    #expect(PolicyDuration(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "30", "d", "-3d", "3 d", "3.5d", "3D", "3dd", "d3", "٣d", "99999999999999999999d", "9999999y", "1d2",
  ])
  func `takes nothing else`(text: String) {
    #expect(PolicyDuration(text) == nil)
  }
}
