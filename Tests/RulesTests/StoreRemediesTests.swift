import Records
import Stores
import Testing

@testable import Rules

/// Advice by tool is listed by hand: what it is keyed by has to be there.
@Suite struct StoreRemediesTests {
  @Test func `advice is for rules that there are, and for stores that are read`() throws {
    let rules = Set(try RuleCatalogue.builtIn().rules.map(\.description.id))
    let kinds = Set(StoreKind.allCases.map(\.rawValue))
    for tool in StoreRemedies.tools {
      #expect(Set(tool.advice.keys).subtracting(rules).isEmpty, "\(tool.name)")
      #expect(!tool.kinds.isEmpty && tool.kinds.isSubset(of: kinds), "\(tool.name)")
      for (rule, advice) in tool.advice {
        #expect(StoreRemedies.texts(for: rule, kinds: tool.kinds) == ["With \(tool.name): \(advice)"])
      }
    }
  }
}
