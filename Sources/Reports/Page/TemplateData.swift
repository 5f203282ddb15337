import Mustache

/// Gives templates the values of a page by the names of its properties.
///
/// A value is asked for its properties once, and only when a template asks for one: doing it at every tag, or for what no tag
/// asks for, takes longer than all the rest.
enum TemplateData {
  /// Objects, arrays, texts and flags for structs, arrays, strings and booleans.
  static func of(_ value: Any) -> Any {
    // Texts of rules are thousands of lines, and the library takes them as they are.
    if value is String || value is Bool || value is [String] { return value }
    if let fields = frequent(value) { return TemplateObject(fields: fields) }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { of($0.value) } ?? Absent()
    case .collection: return mirror.children.map { of($0.value) }
    default: return TemplateObject(value)
    }
  }

  /// The properties of a page, by name.
  static func fields(of page: some Any) -> [String: Any] {
    var fields: [String: Any] = [:]
    for child in Mirror(reflecting: page).children {
      if let label = child.label { fields[label] = of(child.value) }
    }
    return fields
  }

  /// The fields of what a page holds thousands of, which need not be asked for their properties.
  private static func frequent(_ value: Any) -> [String: Any]? {
    switch value {
    case let span as ReportPage.Span: ["text": span.text, "isCode": span.isCode]
    case let sign as ReportPage.Sign: ["id": sign.id, "label": sign.label, "icon": sign.icon, "mark": sign.mark]
    default: nil
    }
  }

  /// Known, and nothing: without it a tag would take the value of the same name from an outer section.
  private struct Absent: MustacheCustomRepresentation {
    var representation: Any? { nil }
  }
}

/// A struct as templates see it: its properties by name.
final class TemplateObject: MustacheParent {
  private let value: Any
  private(set) lazy var fields = TemplateData.fields(of: value)

  init(_ value: Any) { self.value = value }

  /// The library finds the parent in it sooner than in a dictionary, whose conformance depends on its key.
  init(fields: [String: Any]) {
    value = ()
    self.fields = fields
  }

  func child(named name: String) -> Any? { fields[name] }
}
