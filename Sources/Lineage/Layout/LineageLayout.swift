/// Where the nodes and edges of a lineage are drawn: children on the left, parents on the right, in layers.
///
/// Units are pixels at 100 %; the picture begins at 0, 0. The same graph gives the same layout.
package struct LineageLayout: Sendable, Hashable {
  /// The place of a node.
  package struct Box: Sendable, Hashable {
    /// Of its left upper corner.
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double
    /// From 0 on the left.
    package let layer: Int

    package var middle: Double { y + height / 2 }
    package var right: Double { x + width }
  }

  /// A stretch of an edge that runs level at `y`; between one and the next it rises or falls.
  package struct Level: Sendable, Hashable {
    package let from: Double
    package let to: Double
    package let y: Double
  }

  /// The way of an edge.
  package struct Route: Sendable, Hashable {
    /// From left to right; empty for an edge from a node to itself.
    package let levels: [Level]
    /// Whether it leads from right to left, against the others, since it closes a cycle.
    package let isBackward: Bool
  }

  /// In the order of the graph's nodes.
  package let boxes: [Box]
  /// In the order of the graph's edges.
  package let routes: [Route]
  package let width: Double
  package let height: Double
  /// How often edges cross, not counting those drawn straight because there were too many bends.
  package let crossings: Int

  package init(_ graph: LineageGraph) {
    var sheet = LayoutSheet(graph)
    sheet.place()
    boxes = sheet.boxes
    routes = sheet.routes
    width = sheet.width
    height = sheet.height
    crossings = sheet.crossings
  }
}

/// Measures of the drawing.
package enum LayoutMeasure {
  package static let fontSize = 12.0
  package static let boxHeight = 40.0
  /// Left of a label for the icon, and right of it.
  package static let labelInset = 30.0
  package static let labelEnd = 14.0
  static let leastBoxWidth = 92.0
  static let boxGap = 14.0
  static let bendGap = 12.0
  static let columnGap = 64.0
  static let componentGap = 20.0
  static let margin = 8.0
}
