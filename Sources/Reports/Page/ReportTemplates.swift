import Mustache

/// The texts that reports are made from, by file name; see docs/templates.md.
package struct ReportTemplates: Sendable {
  private let texts: [String: String]

  /// File name below Templates/ → text; a user's own directory is merged over ours by the caller.
  package init(_ texts: [String: String]) { self.texts = texts }

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
    guard let text = try library(format).render(fields, withTemplate: main) else { throw .missing(main) }
    return text
  }

  /// The templates that make a page by themselves; the others are partials.
  static let pages: Set<String> = ["report.html", "report.md", "diff.html", "diff.md"]

  private func library(_ format: Format) throws(ReportTemplateError) -> MustacheLibrary {
    format.register()
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in texts where name.hasSuffix(format.suffix) {
      try checkPartials(of: text, name: name)
      templates[name] = try Self.parse(text, name: name, format: format)
    }
    return MustacheLibrary(templates: templates)
  }

  private static func parse(
    _ text: String, name: String, format: Format
  ) throws(ReportTemplateError) -> MustacheTemplate {
    var body = text[...]
    // A partial stands within a line, and its last line break is the file's, not the page's.
    if body.hasSuffix("\n"), !pages.contains(name) { body.removeLast() }
    do {
      // Escaping is set at the head of each, because the library goes back to its own in every partial.
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(format.contentType)}}\n" + body)
    } catch let error as MustacheTemplate.ParserError {
      throw .malformed(name, line: max(1, error.context.lineNumber - 1), reason: "\(error.error)")
    } catch {
      throw .malformed(name, line: 1, reason: "\(error)")
    }
  }

  /// The library renders a partial that is not there as nothing.
  private func checkPartials(of text: String, name: String) throws(ReportTemplateError) {
    for part in text.split(separator: "{{>").dropFirst(text.hasPrefix("{{>") ? 0 : 1) {
      let partial = part.prefix { $0 != "}" }.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
      if !partial.hasPrefix("*"), texts[String(partial)] == nil { throw .missingPartial(String(partial), in: name) }
    }
  }

  /// What a template makes, by the end of its name.
  enum Format: Sendable {
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

/// Why a report cannot be made from the templates.
package enum ReportTemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  case missing(String)
  case missingPartial(String, in: String)
  case malformed(String, line: Int, reason: String)

  package var description: String {
    switch self {
    case .missing(let name): "no template `\(name)`"
    case .missingPartial(let partial, let name):
      "template `\(name)` asks for the partial `\(partial)`, which is not there"
    case .malformed(let name, let line, let reason): "template `\(name)`, line \(line): not valid Mustache (\(reason))"
    }
  }
}
