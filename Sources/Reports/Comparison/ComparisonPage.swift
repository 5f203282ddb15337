import Records

/// What `diff.html` and `diff.md` get: `repro-audit/diff-page/1`, documented in docs/templates.md.
struct ComparisonPage {
  struct Tool {
    let name: String
    let version: String
  }
  struct Side {
    let letter: String
    let subject: String
    let kind: String
    let store: String
    let run: String?
    let time: String?
  }
  struct Cell {
    let letter: String
    let text: String?
    /// Otherwise than the first.
    let differs: Bool
  }
  struct Row {
    let name: String
    let state: String
    let mark: String
    let cells: [Cell]
    let change: String?
  }
  struct Log {
    let title: String
    let lines: [String]
    let leftOut: String?
  }
  struct Topic {
    let name: String
    let title: String
    let summary: String
    let differs: Bool
    let isFirst: Bool
    let isRecorded: Bool
    let hasChanges: Bool
    let rows: [Row]
    let others: [Row]
    let leftOut: String?
    let notes: [String]
    let logs: [Log]
  }
  struct Link {
    let child: String
    let relation: String
    let parent: String
    let cells: [Cell]
  }
  struct First {
    let title: String
    let name: String
    let cells: [Cell]
  }

  let schema = "repro-audit/diff-page/1"
  let tool: Tool
  let title: String
  let time: String
  let isSame: Bool
  let verdict: String
  let warnings: [String]
  let tolerance: String?
  let diverging: First?
  let sides: [Side]
  let topics: [Topic]
  let links: [Link]
  let linksLeftOut: String?
  let sharedLinks: String

  /// Characters of one value; a digest and a command fit.
  private static let widest = 300

  /// At most `most` rows of each kind, of what differs as of what does not.
  init(_ comparison: Comparison, tool: String, version: String, most: Int) {
    let width = Self.widest
    func visible(_ text: String) -> String { VisibleText.line(text, limit: width) }
    func cells(_ values: [String?]) -> [Cell] {
      values.enumerated().map { side, value in
        Cell(
          letter: Comparison.letter(side), text: value.map(visible),
          differs: side > 0
            && !(value.map { text in values[0].map { text.hasSameBytes(as: $0) } ?? false } ?? (values[0] == nil)))
      }
    }
    func row(_ row: Comparison.Row) -> Row {
      Row(
        name: visible(row.name), state: row.state.rawValue, mark: Self.mark(row), cells: cells(row.values),
        change: row.change)
    }
    self.tool = Tool(name: tool, version: version)
    title = comparison.sides.map { visible($0.subject.name) }.joined(separator: " and ")
    time = Figures.time(comparison.now)
    isSame = comparison.isSame
    verdict = comparison.verdict
    warnings = comparison.warnings
    tolerance = comparison.tolerance
    let found = comparison.first
    diverging = found.map {
      First(title: Comparison.title($0.topic), name: visible($0.row.name), cells: cells($0.row.values))
    }
    sides = comparison.sides.enumerated().map { index, side in
      Side(
        letter: Comparison.letter(index), subject: visible(side.subject.name), kind: side.subject.kind.rawValue,
        store: visible(side.subject.store), run: side.run.map(visible), time: side.recordedAt.map(visible))
    }
    topics = comparison.sections.map { section in
      let differing = section.rows.filter { $0.state != .same }
      let others = section.rows.filter { $0.state == .same }
      let hidden = max(0, differing.count - most) + max(0, others.count - most)
      return Topic(
        name: section.topic.rawValue, title: Comparison.title(section.topic), summary: Comparison.summary(section),
        differs: !section.differing.isEmpty, isFirst: found?.topic == section.topic, isRecorded: section.isRecorded,
        hasChanges: differing.contains { $0.change != nil },
        rows: differing.prefix(most).map(row), others: others.prefix(most).map(row),
        leftOut: hidden == 0 ? nil : "\(Figures.count(hidden, "more row")) not shown here; --json holds all",
        notes: section.notes,
        logs: section.logs.map { log in
          Log(
            title: log.title, lines: log.lines.prefix(most).map(visible),
            leftOut: log.leftOut == 0 ? nil : "and \(Figures.count(log.leftOut, "more commit"))")
        })
    }
    links = comparison.links.prefix(most).map { link in
      Link(
        child: visible(link.child), relation: visible(link.relation), parent: visible(link.parent),
        cells: zip(link.isIn, link.hasParent).enumerated().map { side, has in
          Cell(
            letter: Comparison.letter(side), text: has.0 ? "yes" : has.1 ? "otherwise" : nil,
            differs: side > 0 && has.0 != link.isIn[0])
        })
    }
    let rest = comparison.links.count - links.count
    linksLeftOut = rest == 0 ? nil : "\(Figures.count(rest, "more link")) not shown here; --json holds all"
    sharedLinks = Figures.count(comparison.sharedLinks, "link")
  }

  private static func mark(_ row: Comparison.Row) -> String {
    switch row.state {
    case .same: "="
    case .close: "≈"
    case .different:
      row.values.count == 2 ? row.values[0] == nil ? "+" : row.values[1] == nil ? "−" : "≠" : "≠"
    }
  }
}
