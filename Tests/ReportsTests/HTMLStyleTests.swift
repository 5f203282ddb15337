import Foundation
import Lineage
import Records
import Testing

@testable import Reports

/// Colours that everybody can read, in both themes.
@Suite struct HTMLStyleTests {
  /// Text on ground, as page.css pairs them.
  static let pairs: [(String, String)] = [
    ("text", "ground"), ("text", "surface"), ("text", "sunken"), ("quiet", "ground"), ("quiet", "surface"),
    ("link", "ground"), ("link", "surface"), ("on-loud", "loud"), ("fail", "surface"), ("fail", "fail-tint"),
    ("text", "fail-tint"), ("warning", "surface"), ("warning", "warning-tint"), ("note", "surface"),
    ("note", "note-tint"),
    ("pass", "ground"), ("pass", "surface"), ("pass", "pass-tint"), ("text", "pass-tint"), ("unverified", "surface"),
    ("unverified", "ground"), ("unverified", "unverified-tint"), ("text", "unverified-tint"), ("waived", "surface"),
    ("waived", "ground"), ("waived", "waived-tint"), ("plain", "surface"), ("plain", "ground"), ("gap", "surface"),
    ("gap", "gap-tint"), ("text", "gap-tint"), ("quiet", "gap-tint"), ("fail", "ground"), ("warning", "ground"),
    ("note", "ground"),
  ]

  @Test(arguments: ["light", "dark"]) func `text stands out from its ground`(theme: String) throws {
    let colours = try Self.colours(theme)
    for (text, ground) in Self.pairs {
      let front = try #require(colours[text], "\(text)")
      let back = try #require(colours[ground], "\(ground)")
      let contrast = (max(front, back) + 0.05) / (min(front, back) + 0.05)
      #expect(contrast >= 4.5, "\(text) on \(ground), \(theme): \(contrast)")
    }
  }

  @Test func `both themes set the same colours`() throws {
    #expect(try Self.colours("light").keys.sorted() == Self.colours("dark").keys.sorted())
  }

  @Test func `drawings that stand alone have the colours of the page`() throws {
    let graph = try LineageGraph(
      nodes: [
        LineageNode(id: "a", kind: .run, label: "a", outcome: .fail),
        LineageNode(id: "b", kind: .run, label: "b", outcome: .unverified),
        LineageNode(id: "c", kind: .run, label: "c", isGap: true),
      ], edges: [])
    let svg = try LineageSVG(graph, title: "t", prefix: "p", isAlone: true).text()
    let halves = svg.split(separator: "@media (prefers-color-scheme: dark)").map(String.init)
    #expect(halves.count == 2)
    let dot = LineageDOT.text(graph, title: "t")
    let colour = #/#[0-9a-f]{6}\b/#
    #expect(halves.allSatisfy { $0.matches(of: colour).count > 4 } && dot.matches(of: colour).count == 3)
    for (text, theme) in [(halves[0] + dot, "light"), (halves[1], "dark")] {
      let style = String(try Self.block(theme))
      for match in text.matches(of: colour) {
        #expect(style.contains(": \(match.output);"), "\(match.output) is no colour of page.css, \(theme)")
      }
    }
  }

  /// The custom properties of a theme.
  private static func block(_ theme: String) throws -> Substring {
    let style = try ReportTemplates.builtIn.raw("page.css")
    let blocks = style.split(separator: ":root {").dropFirst().map { $0.prefix { $0 != "}" } }
    return try #require(theme == "light" ? blocks.first : blocks.dropFirst().first)
  }

  /// Relative luminance of each colour of a theme.
  private static func colours(_ theme: String) throws -> [String: Double] {
    let block = try block(theme)
    var colours: [String: Double] = [:]
    for line in block.split(separator: ";") {
      let parts = line.split(separator: ":").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      guard parts.count == 2, parts[0].hasPrefix("--"), parts[1].hasPrefix("#") else { continue }
      let number = try #require(Int(parts[1].dropFirst(), radix: 16))
      let channels = [number >> 16, number >> 8 & 255, number & 255].map { value in
        let part = Double(value) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      colours[String(parts[0].dropFirst(2))] = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
    return colours
  }
}
