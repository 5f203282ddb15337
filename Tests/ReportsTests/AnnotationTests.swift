import Records
import Testing

@testable import Reports

@Suite struct AnnotationTests {
  private static func lines(_ results: [RuleResult], folder: String = "store") -> [Substring] {
    var annotations = WorkflowAnnotations(
      paths: ReportPaths(folders: ["registry": folder]), rules: [FindingSample.rule.id: FindingSample.rule])
    for result in results { annotations.add(result) }
    #expect(FindingSample.isVisible(annotations.text))
    return annotations.text.split(separator: "\n")
  }

  @Test func `a finding becomes a command with its place`() {
    let detail = Detail(item: "torch", message: "no version", path: "r,1.txt", line: 2)
    #expect(
      Self.lines([FindingSample.result(message: "100% wrong", details: [detail], reaches: ["m@prod"])]) == [
        "::error file=store/r%2C1.txt,line=2,title=The run names no commit (missing-commit)::run:a: 100%25 wrong → m@prod"
      ])
    let others = Self.lines([
      FindingSample.result(severity: .warning), FindingSample.result(severity: .note),
      FindingSample.result(.unverified), FindingSample.result(.waived), FindingSample.result(.pass),
    ])
    #expect(others.map { $0.prefix { $0 != " " } } == ["::warning", "::warning", "::notice"])
    #expect(Self.lines([]).isEmpty)
  }

  @Test func `no more than GitHub shows, what reaches an alias first, and the rest is said`() {
    let errors = (0..<20).map { FindingSample.result(name: "run:\($0)", reaches: $0 == 19 ? ["m@prod"] : []) }
    let notes = (0..<10).map { FindingSample.result(severity: .note, name: "run:n\($0)") }
    let lines = Self.lines(errors + notes)
    #expect(lines.count { $0.hasPrefix("::error") } == 10 && lines.count { $0.hasPrefix("::notice") } == 10)
    #expect(lines[0].contains("run:19"))
    #expect(lines.last?.contains("11 findings have no annotation") == true)
  }

  @Test(arguments: FindingSample.hostile)
  func `no text of a store begins a command of its own`(text: String) {
    let lines = Self.lines(FindingSample.filled(text), folder: text)
    #expect(lines.count == 3)
    for line in lines {
      #expect(line.hasPrefix("::error file=") || line.hasPrefix("::warning file="))
      // Properties end at the first `::`; neither they nor their values may bring another one.
      let head = line.dropFirst(2).prefix { $0 != ":" }
      #expect(
        head.split(separator: ",").allSatisfy { $0.contains("=") && !$0.contains("file=/") }, "\(head.prefix(80))")
      #expect(line.dropFirst(2 + head.count).hasPrefix("::") && line.utf8.count < 8_000)
    }
  }
}
