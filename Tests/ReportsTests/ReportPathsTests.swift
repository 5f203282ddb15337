import Records
import Testing

@testable import Reports

@Suite struct ReportPathsTests {
  @Test(arguments: [
    (".", "a/b.txt", "a/b.txt"), ("./", "a", "a"), ("", "./a//b/", "a/b"), ("reg", "a", "reg/a"),
    ("./x/../reg/", "a", "reg/a"),
    ("/abs/reg", "a", "a"), ("../reg", "a", "a"), ("reg", "", "reg"), (".", "", "."), ("reg", "x/../a", "reg/a"),
  ])
  func `paths are relative to where the scan was started`(folder: String, path: String, expected: String) {
    #expect(ReportPaths(folders: ["s": folder]).path(path, in: "s") == expected)
  }

  @Test(arguments: ["/etc/passwd", "../a", "x/../../a", "s3://bucket/key"])
  func `what lies outside has no path, and is shown at its subject`(path: String) {
    let paths = ReportPaths(folders: ["registry": "reg"])
    #expect(paths.path(path, in: "registry") == nil)
    let detail = Detail(item: "i", message: "m", path: path, line: 7)
    let item = FlaggedItem.of(FindingSample.result(details: [detail]), below: "registry")[0]
    #expect(paths.place(of: item) == ("reg/runs/a/run.json", nil))
    let lost = FlaggedItem.of(FindingSample.result(path: nil, details: [detail]), below: "registry")[0]
    #expect(paths.place(of: lost) == ("reg", nil))
  }

  @Test func `the same item twice has two fingerprints, and the first is that of all reports`() {
    let detail = Detail(item: "i", message: "m", path: "p", line: 7)
    let result = FindingSample.result(details: [detail, detail], count: 5)
    let items = FlaggedItem.of(result, below: "registry")
    #expect(items.count == FlaggedItem.count(of: result) && items.count == 3)
    #expect(Set(items.map(\.fingerprint)).count == 3 && items[1].fingerprint == items[0].fingerprint + "-2")
    #expect(items[2].message == "3 more, not listed")
  }
}
