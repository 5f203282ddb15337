import Records
import Testing

@testable import Reports

/// What results can be found by.
@Suite struct HTMLFilterTests {
  @Test func `choices are those that occur, each result names its own`() throws {
    let page = try SamplePage.page(SamplePage.results)
    #expect(page.filters.severities.map(\.id) == ["error", "warning"])
    #expect(page.filters.outcomes.map(\.id) == ["fail", "unverified", "waived"])
    #expect(page.filters.rules == ["missing-run-log", "unpinned-requirement"])
    #expect(page.filters.models == ["a"])
    #expect(page.filters.stages == ["prod"])
    let html = try HTMLReportTests.render(page)
    #expect(html.contains("<option>unpinned-requirement</option>"))
    let results = HTMLTags(html).tags.filter { $0.attributes["class"] == "result" }
    #expect(results.count == 5)
    #expect(results.allSatisfy { $0.attributes["data-models"] == "0" && $0.attributes["data-stages"] == "0" })
    #expect(results.map { $0.attributes["data-outcome"] } == ["fail", "fail", "fail", "unverified", "waived"])
  }

  private static func result(_ kind: SubjectKind, _ name: String, reaches: [String] = []) -> RuleResult {
    RuleResult(
      rule: "r", subject: SamplePage.subject(kind, name), severity: .error, outcome: .fail, message: "",
      reaches: reaches)
  }

  @Test func `a result belongs to the models it names, that reach it, and that rest on it`() {
    let results = [
      Self.result(.model, "m|1"), Self.result(.version, "a b@1.0.0"), Self.result(.alias, "c@x@prod"),
      Self.result(.run, "run:1", reaches: ["d@staging", "d@prod"]), Self.result(.dataset, "data:1"),
      Self.result(.store, "s"),
    ]
    let places = ResultPlaces(results, models: [SamplePage.subject(.dataset, "data:1"): ["d", "m|1"]])
    #expect(places.models == ["a b", "c@x", "d", "m|1"])
    #expect(places.stages == ["prod", "staging"])
    #expect(results.map(places.models) == ["3", "0", "1", "2", "2 3", ""])
    #expect(results.map(places.stages) == ["", "", "0", "0 1", "", ""])
  }

  private static let sum = "cd '{folder}' && sha256sum -- '{file}' >> checksum.txt\n"

  @Test(
    arguments: [
      ([sum, "models/a/model.pkl"], ["(cd 'models/a' && sha256sum -- 'model.pkl' >> checksum.txt)"]),
      ([sum, "model.pkl", "model.pkl"], ["(cd '.' && sha256sum -- 'model.pkl' >> checksum.txt)"]),
      (["rm '{item}'", "a", "b c/ü"], ["rm 'a'", "rm 'b c/ü'"]),
      (["cd '{folder}' # go", "a/b"], ["(cd 'a' # go", ")"]),
      (["one ${x} '{item}'", "a"], ["one ${x} 'a'"]),
      (["rm {item}", "a"], []), (["rm \"{item}\"", "a"], []), (["rm '{path}'", "a"], []),
    ] as [([String], [String])])
  func `a command is filled with the names of items`(given: [String], lines: [String]) {
    let details = given.dropFirst().map { Detail(item: $0, message: "") }
    #expect(RemedyCommand(given[0]).lines(for: details) == lines)
  }

  @Test(
    arguments: [
      "'; rm -rf ~; '", "$(id)", "`id`", "a\nid", "a\u{0}b", "-rf", "a\\", "\"", "a;b", "a|b", "*", "~root#", "!!",
      "a\u{202E}b", "",
    ])
  func `a name that a shell could take for more than a name is in no command`(name: String) {
    #expect(RemedyCommand("rm -- '{item}'").lines(for: [Detail(item: name, message: "")]) == [])
    let both = [Detail(item: "a", message: ""), Detail(item: name, message: "")]
    #expect(RemedyCommand("rm -- '{item}'").lines(for: both) == [])
  }
}
