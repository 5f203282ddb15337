import Documents
import Foundation
import Testing

/// The shipped alert rules, as Prometheus would load them.
@Suite struct AlertRulesTests {
  @Test func `each rule has what Prometheus asks for, and no key that it does not know`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let bytes = try Data(contentsOf: root.appending(path: "contrib/prometheus/repro-audit.rules.yml"))
    let groups = try #require(try YAMLDocument.read(Array(bytes))["groups"]?.elements)
    var names: [String] = []
    for group in groups {
      #expect(group.entries?.map(\.key) == ["name", "rules"])
      for rule in try #require(group["rules"]?.elements) {
        let keys = Set((rule.entries ?? []).map(\.key))
        #expect(keys.isSuperset(of: ["alert", "expr", "labels", "annotations"]), "line \(rule.line)")
        #expect(keys.isSubset(of: ["alert", "expr", "for", "labels", "annotations"]), "line \(rule.line)")
        #expect(["page", "ticket"].contains(rule["labels"]?["severity"]?.text ?? ""), "line \(rule.line)")
        #expect(rule["annotations"]?["summary"]?.text?.isEmpty == false, "line \(rule.line)")
        if let time = rule["for"]?.text { #expect(time.wholeMatch(of: /[0-9]+[smhd]/) != nil, "\(time)") }
        let expression = rule["expr"]?.text ?? ""
        for (open, close) in [("(", ")"), ("{", "}"), ("[", "]")] {
          #expect(
            expression.count { String($0) == open } == expression.count { String($0) == close }, "\(expression)")
        }
        names.append(rule["alert"]?.text ?? "")
      }
    }
    #expect(names.count == Set(names).count && names.count >= 5)
  }
}
