import AuditDatabase
import Records

/// A flagged item as SARIF has it.
struct SARIFResult {
  let item: FlaggedItem
  /// Place of its rule among the run's; nil for a rule that is not there.
  let ruleIndex: Int?
  let paths: ReportPaths

  private static let messageLimit = 1_000

  func write(_ json: inout JSONWriter) throws {
    let result = item.result
    try json.object { json in
      try json.field("ruleId", result.rule)
      if let ruleIndex { try json.field("ruleIndex", ruleIndex) }
      // What is undecided is `open`, which has no level.
      let isOpen = result.outcome == .unverified
      try json.field("kind", isOpen ? "open" : "fail")
      try json.field("level", isOpen ? "none" : SARIFRule.level(result.severity))
      try SARIFRule.message("message", Self.plain(item.sentence(limit: Self.messageLimit)), &json)
      try writeLocation(&json)
      try json.key("partialFingerprints")
      try json.object {
        // The first is what GitHub knows alerts by, the second ours.
        try $0.field("primaryLocationLineHash", item.fingerprint)
        try $0.field("reproAudit/v1", item.fingerprint)
      }
      try writeSuppressions(&json)
      try writeProperties(&json)
    }
  }

  private func writeLocation(_ json: inout JSONWriter) throws {
    let place = paths.place(of: item)
    let subject = item.result.subject
    try json.key("locations")
    try json.array { json in
      try json.object { json in
        try json.key("physicalLocation")
        try json.object { json in
          try json.key("artifactLocation")
          try json.object {
            try $0.field("uri", Self.uri(place.path))
            try $0.field("uriBaseId", SARIFReport.root)
          }
          if let line = place.line, line > 0 {
            try json.key("region")
            try json.object { try $0.field("startLine", line) }
          }
        }
        try json.key("logicalLocations")
        try json.array { json in
          try json.object {
            try $0.field("name", VisibleText.line(subject.name))
            try $0.field("fullyQualifiedName", VisibleText.line("\(subject.store)/\(subject.name)"))
            try $0.field("kind", subject.kind.rawValue)
          }
        }
      }
    }
  }

  private func writeSuppressions(_ json: inout JSONWriter) throws {
    let result = item.result
    guard result.outcome == .waived || result.outcome == .baselined else { return }
    try json.key("suppressions")
    try json.array { json in
      for acceptance in result.acceptances {
        try json.object {
          try $0.field("kind", "external")
          try $0.field("status", "accepted")
          try $0.field("justification", VisibleText.line(AcceptanceText.line(acceptance, of: result)))
        }
      }
    }
  }

  private func writeProperties(_ json: inout JSONWriter) throws {
    let result = item.result
    try json.key("properties")
    try json.object { json in
      try json.field("outcome", result.outcome.rawValue)
      try json.field("store", VisibleText.line(result.subject.store))
      if !item.item.isEmpty { try json.field("item", VisibleText.line(item.item)) }
      if !result.reaches.isEmpty { try json.field("aliases", result.reaches.map { VisibleText.line($0) }) }
      if result.outcome != .waived, result.outcome != .baselined, !result.acceptances.isEmpty {
        try json.field("accepted", result.acceptances.map { VisibleText.line(AcceptanceText.line($0, of: result)) })
      }
    }
  }

  /// A message must not hold what a viewer takes for a link.
  static func plain(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: "]")) ? text.replacing("](", with: "] (") : text
  }

  /// `path` as a relative reference: what a URI cannot hold is percent-encoded, byte by byte.
  static func uri(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "="):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        uri += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return uri
  }
}
