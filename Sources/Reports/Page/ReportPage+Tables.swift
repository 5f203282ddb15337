extension ReportPage {
  /// The matrix of versions and checklist items.
  struct Checklist: Sendable {
    let items: [Item]
    var rows: [Row]
    var leftOut: String?

    struct Item: Sendable {
      let title: String
      /// `12 of 14` versions pass.
      let passing: String
      let allPass: Bool
    }

    struct Row: Sendable {
      let version: String
      let store: String?
      /// The version's lineage on this page.
      var anchor: String?
      let aliases: [String]
      var cells: [Cell]
    }

    struct Cell: Sendable {
      let item: String
      let outcome: String
      let label: String
      let icon: String
      let mark: String
      /// The first finding behind the cell.
      var anchor: String?
    }
  }

  struct AliasTable: Sendable {
    var rows: [Row]
    var leftOut: String?

    struct Row: Sendable {
      let alias: String
      let store: String?
      let version: String?
      let outcome: String
      let label: String
      let icon: String
      let mark: String
      let errors: Cell
      let warnings: Cell
      let notes: Cell
      let undecided: Cell
    }

    struct Cell: Sendable {
      let count: String
      let isZero: Bool

      /// A cell of an HTML table; figures hold nothing that needs escaping.
      var html: String { "<td class=\"number\(isZero ? " zero" : "")\">\(count)</td>" }
    }
  }

  /// Lineage graphs, one a version.
  struct LineageList: Sendable {
    var versions: [Version]
    var leftOut: String?

    struct Version: Sendable {
      let version: String
      let anchor: String
      let aliases: [String]
      /// `complete`, or `2 gaps`.
      let state: String
      let isComplete: Bool
      /// Raw: our own writer made it.
      let svg: String?
      /// Raw: the text of a Mermaid diagram, every label escaped.
      var diagram: String?
      var diagramLeftOut: String?
      let rows: [Row]
      let leftOut: String?
    }

    struct Row: Sendable {
      let child: String
      let relation: String
      let kind: String
      let parent: String
      let outcome: String
      let label: String
      let icon: String
      let mark: String
    }
  }

  /// A rule that ran, for the appendix.
  struct Rule: Sendable {
    let id: String
    /// Its place in the appendix.
    let anchor: String
    let title: [Span]
    let category: String
    let severity: Sign
    let examined: String
    /// One for each outcome that reports list, in the order of `meanings`.
    let counts: [AliasTable.Cell]
    /// The same as cells of an HTML table.
    let countsHTML: String
    let failure: String?
    let controls: [Control]
    let references: [String]
    /// The SELECT that judged, a line each.
    let sql: [String]
    /// The same for HTML: a tag for each of thousands of lines takes longer than the rest of the page.
    let sqlHTML: String?
  }

  /// Clauses of a framework that a rule speaks to; informative.
  struct Control: Sendable {
    let framework: String
    let clauses: String
  }
}
