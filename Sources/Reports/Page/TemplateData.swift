import Mustache

/// Gives templates the values of a page by the names of its properties.
///
/// Done once for the whole page: asking a value for its properties at every tag takes longer than all the rest.
enum TemplateData {
  /// Dictionaries, arrays, texts and flags for structs, arrays, strings and booleans.
  static func of(_ value: Any) -> Any {
    // Texts of rules are thousands of lines, and the library takes them as they are.
    if value is String || value is Bool || value is [String] { return value }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { of($0.value) } ?? Absent()
    case .collection: return mirror.children.map { of($0.value) }
    default: return object(mirror)
    }
  }

  /// The properties of a page, by name.
  static func fields(of page: some Any) -> [String: Any] { object(Mirror(reflecting: page)) }

  private static func object(_ mirror: Mirror) -> [String: Any] {
    var object: [String: Any] = [:]
    for child in mirror.children {
      if let label = child.label { object[label] = of(child.value) }
    }
    return object
  }

  /// Known, and nothing: without it a tag would take the value of the same name from an outer section.
  private struct Absent: MustacheCustomRepresentation {
    var representation: Any? { nil }
  }
}
