/// Lays out one component after the other, each below the last, in columns that all share.
struct LayoutSheet {
  private let graph: LineageGraph
  private(set) var boxes: [LineageLayout.Box] = []
  private(set) var routes: [LineageLayout.Route] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  private(set) var crossings = 0

  init(_ graph: LineageGraph) { self.graph = graph }

  /// A component with its order and heights, before it has a place on the page.
  private struct Placed {
    let component: GraphComponent
    let assignment: LayerAssignment
    let layered: LayeredGraph
    /// By vertex, from the top of the component.
    let centres: [Double]
    let height: Double
  }

  mutating func place() {
    let widths = graph.nodes.map(Self.boxWidth)
    var placed: [Placed] = []
    for component in GraphComponent.all(of: graph) {
      let assignment = LayerAssignment(count: component.nodes.count, links: component.links)
      let layered = LayeredGraph(assignment)
      let (order, crossings) = CrossingReduction.order(layered)
      self.crossings += crossings
      placed.append(Self.placed(component, assignment, layered, order))
    }
    let columns = columns(placed, widths: widths)
    var boxes = [LineageLayout.Box?](repeating: nil, count: graph.nodes.count)
    var routes = [LineageLayout.Route](
      repeating: LineageLayout.Route(levels: [], isBackward: false), count: graph.links.count)
    var top = LayoutMeasure.margin
    for one in placed {
      for (vertex, node) in one.component.nodes.enumerated() {
        let layer = one.layered.layer[vertex]
        boxes[node] = LineageLayout.Box(
          x: columns[layer].left, y: top + one.centres[vertex] - LayoutMeasure.boxHeight / 2, width: widths[node],
          height: LayoutMeasure.boxHeight, layer: layer)
      }
      for (index, link) in one.component.links.enumerated() where link.child != link.parent {
        routes[one.component.edges[index]] = route(link, in: one, top: top, columns: columns, widths: widths)
      }
      top += one.height + LayoutMeasure.componentGap
    }
    self.boxes = boxes.compactMap { $0 }
    self.routes = routes
    width = (columns.last?.right ?? LayoutMeasure.margin) + LayoutMeasure.margin
    height = placed.isEmpty ? 2 * LayoutMeasure.margin : top - LayoutMeasure.componentGap + LayoutMeasure.margin
  }

  private static func boxWidth(_ node: LineageNode) -> Double {
    let label = LabelText.width(LabelText.shortened(node.label)) * LayoutMeasure.fontSize
    return max(LayoutMeasure.leastBoxWidth, (LayoutMeasure.labelInset + label + LayoutMeasure.labelEnd).rounded(.up))
  }

  private static func placed(
    _ component: GraphComponent, _ assignment: LayerAssignment, _ layered: LayeredGraph, _ order: LayerOrder
  ) -> Placed {
    let boxReach = (LayoutMeasure.boxHeight + LayoutMeasure.boxGap) / 2
    let reach = (0..<layered.vertexCount).map { layered.isBend($0) ? LayoutMeasure.bendGap / 2 : boxReach }
    // Whole pixels draw sharp; layers keep their order because every distance is more than one.
    var centres = VerticalPlacement.centres(layered, order: order, reach: reach).map { $0.rounded() }
    let top = zip(centres, reach).map { $0 - $1 }.min() ?? 0
    let bottom = zip(centres, reach).map { $0 + $1 }.max() ?? 0
    for vertex in centres.indices { centres[vertex] -= top }
    return Placed(
      component: component, assignment: assignment, layered: layered, centres: centres, height: bottom - top)
  }

  private typealias Column = (left: Double, right: Double)

  private func columns(_ placed: [Placed], widths: [Double]) -> [Column] {
    var widest = [Double](repeating: 0, count: placed.map(\.layered.layers.count).max() ?? 0)
    for one in placed {
      for (vertex, node) in one.component.nodes.enumerated() {
        let layer = one.layered.layer[vertex]
        widest[layer] = max(widest[layer], widths[node])
      }
    }
    var left = LayoutMeasure.margin
    return widest.map { width in
      defer { left += width + LayoutMeasure.columnGap }
      return (left, left + width)
    }
  }

  private func route(
    _ link: LineageGraph.Link, in one: Placed, top: Double, columns: [Column], widths: [Double]
  ) -> LineageLayout.Route {
    let isBackward = one.layered.layer[link.child] > one.layered.layer[link.parent]
    let (tail, head) = isBackward ? (link.parent, link.child) : (link.child, link.parent)
    let start = columns[one.layered.layer[tail]]
    let end = columns[one.layered.layer[head]]
    var levels = [
      LineageLayout.Level(
        from: start.left + widths[one.component.nodes[tail]], to: start.right, y: top + one.centres[tail])
    ]
    for bend in one.assignment.index(ofEdge: tail, head).flatMap({ one.layered.bends[$0] }) ?? 0..<0 {
      let column = columns[one.layered.layer[bend]]
      levels.append(LineageLayout.Level(from: column.left, to: column.right, y: top + one.centres[bend]))
    }
    levels.append(LineageLayout.Level(from: end.left, to: end.left, y: top + one.centres[head]))
    return LineageLayout.Route(levels: levels, isBackward: isBackward)
  }
}
