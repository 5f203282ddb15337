import Mustache

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
    for format in [Format.html, .markdown] {
      _ = try library(format, texts.keys.filter { $0.hasSuffix(format.suffix) })
    }
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
    guard let text = try known(main).render(TemplateObject(fields: fields), withTemplate: main) else {
      throw .missing(main)
    }
    return text
  }

  /// Reads a page's templates before they are needed, which may be done while an audit runs; who renders is told of mistakes.
  package func prepare(_ main: String) { _ = try? known(main) }

  private func known(_ main: String) throws(ReportTemplateError) -> MustacheLibrary {
    if let known = parsed[main] { return known }
    let format: Format = main.hasSuffix(Format.html.suffix) ? .html : .markdown
    // Reading one takes long: what no page asks for is not read.
    var names: Set<String> = []
    var waiting = [main]
    while let name = waiting.popLast() {
      guard let text = texts[name], names.insert(name).inserted else { continue }
      for partial in Self.partials(of: text) {
        // A name that is a value may be that of any.
        waiting += partial.name.hasPrefix("*") ? texts.keys.filter { $0.hasSuffix(format.suffix) } : [partial.name]
      }
    }
    let library = try library(format, names.sorted())
    parsed[main] = library
    return library
  }

  /// The templates that make a page by themselves; the others are partials.
  static let pages: Set<String> = [
    "report.html", "report.md", "diff.html", "diff.md", "subject.html", "subject.md", "index.html", "model.html",
  ]

  private func library(_ format: Format, _ names: [String]) throws(ReportTemplateError) -> MustacheLibrary {
    format.register()
    var templates: [String: MustacheTemplate] = [:]
    for name in names {
      let text = texts[name] ?? ""
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
    for partial in Self.partials(of: text) where !partial.name.hasPrefix("*") && texts[partial.name] == nil {
      throw .missingPartial(partial.name, in: place(of: name, line: own.contains(name) ? partial.line : nil))
    }
  }

  /// The partials that a text asks for, with the line from 1; one whose name is a value begins with `*`.
  private static func partials(of text: String) -> [(name: String, line: Int)] {
    let bytes = Array(text.utf8)
    let mark = Array("{{>".utf8)
    var found: [(name: String, line: Int)] = []
    var line = 1
    for start in bytes.indices {
      if bytes[start] == UInt8(ascii: "\n") { line += 1 }
      guard bytes[start] == mark[0], bytes[start...].starts(with: mark) else { continue }
      let isSpace = { (byte: UInt8) in byte <= 0x20 }
      let name = bytes[(start + mark.count)...].drop(while: isSpace).prefix { !isSpace($0) && $0 != UInt8(ascii: "}") }
      found.append((String(decoding: name, as: UTF8.self), line))
    }
    return found
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
