import Records
import Reports
import Testing

@Suite struct JUnitFoldingTests {
  static let outcomes: [Outcome] = [.pass, .fail, .pass, .notApplicable, .notApplicable, .pass]

  @Test func `by subject, passes become one case and say how many rules`() throws {
    let probe = try JUnitSample.probe(JUnitSample.runs(2, outcomes: Self.outcomes), granularity: .subject)
    let names = ["passes", "not-applicable", "r1"]
    #expect(try probe.values("//testcase/@name") == names + names)
    #expect(try probe.values("//testcase[@name='passes']/@assertions") == ["3", "3"])
    #expect(try probe.value("//skipped/@message") == "2 rules do not apply")
    #expect(try probe.value("//skipped") == "r3: no commit is recorded\nr4: no commit is recorded")
    #expect(try probe.value("//system-out")?.hasPrefix("6 passes are folded into 2 cases") == true)
  }

  @Test func `the strict profile says it in the suite's output`() throws {
    let probe = try JUnitSample.probe(
      JUnitSample.runs(2, outcomes: Self.outcomes), profile: .strict, granularity: .subject)
    #expect(try probe.count("//@assertions") == 0)
    #expect(try probe.value("//system-out")?.contains("registry.runs.10000001: 3 rules pass") == true)
    #expect(try probe.faults(under: JUnitSample.schema()) == [])
  }

  @Test func `a reason in another spelling is told in its own bytes`() throws {
    let reasons = ["\u{E9}", "e\u{301}"]
    let results = reasons.enumerated().map { number, reason in
      JUnitSample.result(
        .notApplicable, subject: Subject(store: "registry", kind: .run, name: "run:\(number)"), message: reason)
    }
    let told = try JUnitSample.probe(results, granularity: .subject).values("//skipped")
    #expect(told.map { Array($0.utf8) } == reasons.map { Array("missing-commit: \($0)".utf8) })
  }

  @Test(arguments: [(24_999, false), (25_001, true)])
  func `auto folds above fifty thousand cases`(subjects: Int, folds: Bool) throws {
    let (_, summary) = try JUnitSample.write(JUnitSample.runs(subjects, outcomes: [.pass, .pass]))
    #expect(summary.cases == (folds ? subjects : 2 * subjects))
  }

  @Test func `no identity is shared between the levels`() throws {
    let results = JUnitSample.runs(3, outcomes: Self.outcomes)
    func identities(_ granularity: JUnitGranularity, outcome: String) throws -> Set<String> {
      let probe = try JUnitSample.probe(results, granularity: granularity)
      return Set(
        zip(try probe.values("//testcase[\(outcome)]/@classname"), try probe.values("//testcase[\(outcome)]/@name")).map
        { $0 + "/" + $1 })
    }
    let passes = "not(failure)"
    #expect(try identities(.rule, outcome: passes).isDisjoint(with: identities(.subject, outcome: passes)))
    #expect(try identities(.rule, outcome: "failure") == identities(.subject, outcome: "failure"))
  }
}
