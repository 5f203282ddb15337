import Records
import Reports
import Testing

@Suite struct JUnitIdentityTests {
  @Test(arguments: [
    (SubjectKind.version, "fraud-detector@1.2.0", "registry.fraud-detector.1_2_0"),
    (.version, "project/fraud-detector@v2", "registry.project/fraud-detector.v2"),
    (.alias, "fraud-detector@prod", "registry.fraud-detector.prod"),
    (.run, "run:8f3c", "registry.runs.8f3c"), (.run, "run:run-8f3c1a", "registry.runs.run-8f3c1a"),
    (.dataset, "dataset:transactions_v3", "registry.datasets.transactions_v3"),
    (.model, "fraud_detector", "registry.fraud_detector"), (.store, "registry", "registry"),
  ])
  func `common names are plain`(kind: SubjectKind, name: String, expected: String) {
    #expect(JUnitIdentity(Subject(store: "registry", kind: kind, name: name)).className == expected)
  }

  @Test(arguments: [
    (SubjectKind.version, "m@1_2_0", "registry.m.1_2_0~"), (.version, "m@1_2.0", "registry.m.1_2_0~"),
    (.version, "m@prod", "registry.m.prod~"), (.alias, "m@1.2.0", "registry.m.1_2_0~"),
    (.version, "fraud.detector@1.2.0", "registry.fraud_detector~"), (.dataset, "dataset:a.b", "registry.datasets.a_b~"),
    (.version, "runs@1.0", "registry.runs~"), (.run, "run:a b", "registry.runs.a b"),
    (.run, "run:a  b", "registry.runs.a ␠b~"),
    (.run, "run:a\u{202E}b", "registry.runs.a⟨U+202E⟩b~"), (.run, "run:", "registry.runs._~"),
    (.run, "run:x~abcdef", "registry.runs.x~abcdef~"),
  ])
  func `names that could be taken for another are told apart`(kind: SubjectKind, name: String, prefix: String) {
    #expect(JUnitIdentity(Subject(store: "registry", kind: kind, name: name)).className.hasPrefix(prefix))
  }

  @Test func `the digits are those of the name's SHA-256`() {
    let version = Subject(store: "registry", kind: .version, name: "m@1_2_0")
    // printf 1_2_0 | sha256sum
    #expect(JUnitIdentity(version).className == "registry.m.1_2_0~487aed")
  }

  static let subjects: [Subject] = {
    let words = [
      "a", "b", "a.b", "a_b", "a__b", "a_.b", "1.2", "1_2", "v1", "prod", "runs", "datasets", "models", "a b", "a  b",
      " a",
      "a\u{1}", "a␁", "a\n", "a␊", "", "_", ".", "a~123456", String(repeating: "x", count: 100_000),
      String(repeating: "x", count: 100_001), "a/b", "run:a", "a@b",
    ]
    var subjects: [Subject] = []
    for store in ["s", "s.t", "s_t", "runs"] {
      for word in words {
        subjects.append(Subject(store: store, kind: .run, name: "run:" + word))
        subjects.append(Subject(store: store, kind: .dataset, name: "dataset:" + word))
        subjects.append(Subject(store: store, kind: .waiver, name: "waiver:" + word))
        subjects.append(Subject(store: store, kind: .model, name: word))
        for model in words.prefix(14) {
          subjects.append(Subject(store: store, kind: .version, name: model + "@" + word))
          subjects.append(Subject(store: store, kind: .alias, name: model + "@" + word))
        }
      }
      subjects.append(Subject(store: store, kind: .store, name: store))
    }
    return Array(Set(subjects))
  }()

  @Test func `different subjects have different names of as many parts as their kind has`() throws {
    var seen: [String: Subject] = [:]
    for subject in Self.subjects {
      let name = JUnitIdentity(subject).className
      // `m@a@b` is one name, whichever of model and version holds the sign.
      if let other = seen.updateValue(subject, forKey: name) {
        #expect(other == subject, "\(other) and \(subject) are both \(name)")
      }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false).count
      #expect(parts == (subject.kind == .store ? 1 : subject.kind == .model ? 2 : 3), "\(name)")
      #expect(name.unicodeScalars.count <= 512, "\(name)")
    }
  }

  @Test func `a new subject renames no other`() throws {
    let first = try JUnitSample.probe([
      JUnitSample.result(.pass, subject: Subject(store: "s", kind: .version, name: "m@1.2"))
    ])
    let both = try JUnitSample.probe(
      ["m@1.2", "m@1_2"].map { JUnitSample.result(.pass, subject: Subject(store: "s", kind: .version, name: $0)) })
    #expect(try both.values("//@classname").starts(with: first.values("//@classname")))
  }
}
