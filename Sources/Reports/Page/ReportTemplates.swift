import Mustache
import Synchronization

/// The texts that reports are made from, by file name; see docs/templates.md.
package struct ReportTemplates: Sendable {
  /// What templates and the data they get are called; a name that is changed or removed makes another one.
  package static let version = "repro-audit/templates/1"

  private let texts: [String: String]
  /// Names of those that are somebody's own, and the folder they lie in.
  private let own: Set<String>
  private let folder: String?
  private let parsed = ParsedTemplates()

  /// File name below Templates/ → text.
  package init(_ texts: [String: String]) {
    self.texts = texts
    own = []
    folder = nil
  }

  /// These with those of `folder` instead, by file name.
  package func replacing(_ own: [String: String], from folder: String) -> ReportTemplates {
    ReportTemplates(texts: texts.merging(own) { $1 }, own: Set(own.keys), folder: folder)
  }

  private init(texts: [String: String], own: Set<String>, folder: String) {
    self.texts = texts
    self.own = own
    self.folder = folder
  }

  /// Every file, by name.
  package var files: [(name: String, text: String)] { texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

  /// Throws for a mistake in any of them, and for a value that one of somebody's own would show as it is.
  package func check() throws(ReportTemplateError) {
    for name in own.sorted() where name.hasSuffix(Format.html.suffix) || name.hasSuffix(Format.markdown.suffix) {
      if let found = UnescapedTag.first(in: texts[name] ?? "") {
        throw .unescaped(found.tag, in: place(of: name, line: found.line))
      }
    }
    // Last: with other delimiters a template may be valid, and write anything.
    for format in [Format.html, .markdown] { _ = try library(format) }
  }

  /// `templates/report.html:3` for somebody's own, ``template `report.html`, line 3`` for ours.
  private func place(of name: String, line: Int?) -> String {
    guard let folder, own.contains(name) else {
      return "template `\(name)`" + (line.map { ", line \($0)" } ?? "")
    }
    return "\(folder)/\(name)" + (line.map { ":\($0)" } ?? "")
  }

  /// A file that goes into a report as it is.
  func raw(_ name: String) throws(ReportTemplateError) -> String {
    guard let text = texts[name] else { throw .missing(name) }
    return text
  }

  /// The files of a folder, sorted.
  func names(below folder: String) -> [String] { texts.keys.filter { $0.hasPrefix(folder) }.sorted() }

  /// Gives `fields` to one of `pages`; values are escaped as its format asks, in partials too.
  func render(_ fields: [String: Any], template main: String) throws(ReportTemplateError) -> String {
    let format: Format = main.hasSuffix(Format.html.suffix) ? .html : .markdown
    guard let text = try known(format).render(TemplateObject(fields: fields), withTemplate: main) else {
      throw .missing(main)
    }
    return text
  }

  /// Reads those of a format before they are needed, which may be done while an audit runs; who renders is told of mistakes.
  package func prepare(_ format: Format) { _ = try? known(format) }

  private func known(_ format: Format) throws(ReportTemplateError) -> MustacheLibrary {
    if let known = parsed[format] { return known }
    let library = try library(format)
    parsed[format] = library
    return library
  }

  /// The templates that make a page by themselves; the others are partials.
  static let pages: Set<String> = [
    "report.html", "report.md", "diff.html", "diff.md", "subject.html", "subject.md", "index.html", "model.html",
  ]

  private func library(_ format: Format) throws(ReportTemplateError) -> MustacheLibrary {
    format.register()
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in texts where name.hasSuffix(format.suffix) {
      try checkPartials(of: text, name: name)
      templates[name] = try parse(text, name: name, format: format)
    }
    return MustacheLibrary(templates: templates)
  }

  private func parse(
    _ text: String, name: String, format: Format
  ) throws(ReportTemplateError) -> MustacheTemplate {
    var body = text[...]
    // A partial stands within a line, and its last line break is the file's, not the page's.
    if body.hasSuffix("\n"), !Self.pages.contains(name) { body.removeLast() }
    do {
      // Escaping is set at the head of each, because the library goes back to its own in every partial.
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(format.contentType)}}\n" + body)
    } catch let error as MustacheTemplate.ParserError {
      throw .malformed(place(of: name, line: max(1, error.context.lineNumber - 1)), reason: "\(error.error)")
    } catch {
      throw .malformed(place(of: name, line: 1), reason: "\(error)")
    }
  }

  /// The library renders a partial that is not there as nothing.
  private func checkPartials(of text: String, name: String) throws(ReportTemplateError) {
    var rest = text[...]
    while let tag = rest.firstRange(of: "{{>") {
      rest = rest[tag.upperBound...]
      let partial = rest.prefix { $0 != "}" }.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
      if !partial.hasPrefix("*"), texts[String(partial)] == nil {
        let line = own.contains(name) ? text[..<tag.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") } + 1 : nil
        throw .missingPartial(String(partial), in: place(of: name, line: line))
      }
    }
  }

  /// What a template makes, by the end of its name.
  package enum Format: Sendable {
    case html, markdown

    var suffix: String {
      switch self {
      case .html: ".html"
      case .markdown: ".md"
      }
    }

    var contentType: String {
      switch self {
      case .html: "repro-audit-html"
      case .markdown: "repro-audit-markdown"
      }
    }

    /// Makes the escaping known to the library, which keeps it by name for the whole process.
    func register() {
      switch self {
      case .html: MustacheContentTypes.register(HTMLText(), named: contentType)
      case .markdown: MustacheContentTypes.register(MarkdownText(), named: contentType)
      }
    }
  }
}

/// Templates by what they make, as the library has read them: a large audit makes a thousand pages of the same few.
private final class ParsedTemplates: Sendable {
  private let libraries = Mutex<[ReportTemplates.Format: MustacheLibrary]>([:])

  subscript(format: ReportTemplates.Format) -> MustacheLibrary? {
    get { libraries.withLock { $0[format] } }
    set { libraries.withLock { $0[format] = newValue } }
  }
}

/// Why a report cannot be made from the templates; `in` is a place such as `templates/report.html:3`.
package enum ReportTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  case missing(String)
  case missingPartial(String, in: String)
  case malformed(String, reason: String)
  case unescaped(String, in: String)

  package var description: String {
    switch self {
    case .missing(let name): "no template `\(name)`"
    case .missingPartial(let partial, let place):
      place.hasPrefix("template `")
        ? "\(place) asks for the partial `\(partial)`, which is not there"
        : "\(place): asks for the partial `\(partial)`, which is not there"
    case .malformed(let place, let reason): "\(place): not valid Mustache (\(reason))"
    case .unescaped(let tag, let place):
      "\(place): `\(tag)` would show what a store says as it is; only \(UnescapedTag.names) are made for that"
    }
  }
}
