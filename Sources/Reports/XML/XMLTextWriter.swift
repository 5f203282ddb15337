import CLibXML2
import Records

/// Writes an XML document as a stream with libxml2, every text and attribute cleaned and escaped on the way.
package final class XMLTextWriter {
  private let writer: xmlTextWriterPtr
  private let target: Target
  /// The last long text, which large reports say again and again: it is escaped once.
  private var longText = (plain: "", escaped: "")
  private static let shortText = 200

  /// What libxml2's callback reaches through its context pointer.
  private final class Target {
    let sink: any XMLSink
    var error: ReportError?

    init(sink: any XMLSink) { self.sink = sink }
  }

  /// libxml2 builds its tables on first use, which several threads must not do at once.
  private static let prepared: Void = xmlInitParser()

  /// Writes to `sink`; the document is complete after `endDocument`.
  package init(to sink: any XMLSink) throws(ReportError) {
    _ = Self.prepared
    let target = Target(sink: sink)
    let context = Unmanaged.passRetained(target)
    let output = xmlOutputBufferCreateIO(
      { context, bytes, count in
        guard let context, let bytes else { return -1 }
        let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
        guard target.error == nil else { return count }
        do throws(ReportError) {
          try target.sink.write(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        } catch {
          // Kept for the next call: told of it, libxml2 would write to standard error by itself.
          target.error = error
        }
        return count
      },
      { context in
        if let context { Unmanaged<Target>.fromOpaque(context).release() }
        return 0
      }, context.toOpaque(), nil)
    guard let output else {
      context.release()
      throw Self.exhausted
    }
    guard let writer = xmlNewTextWriter(output) else {
      xmlOutputBufferClose(output)
      throw Self.exhausted
    }
    self.target = target
    self.writer = writer
    xmlTextWriterSetIndent(writer, 1)
    xmlTextWriterSetIndentString(writer, " ")
  }

  deinit { xmlFreeTextWriter(writer) }

  package func startDocument() throws(ReportError) {
    try check(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil))
  }

  /// Closes what is open and hands the last bytes to the sink.
  package func endDocument() throws(ReportError) {
    try check(xmlTextWriterEndDocument(writer))
    try flush()
  }

  package func flush() throws(ReportError) { try check(xmlTextWriterFlush(writer)) }

  package func startElement(_ name: String) throws(ReportError) {
    try check(xmlTextWriterStartElement(writer, name))
  }

  package func endElement() throws(ReportError) { try check(xmlTextWriterEndElement(writer)) }

  /// Adds an attribute to the element just started.
  package func attribute(_ name: String, _ value: String) throws(ReportError) {
    try check(xmlTextWriterWriteAttribute(writer, name, XMLText.clean(value)))
  }

  package func attribute(_ name: String, _ value: Int) throws(ReportError) { try attribute(name, String(value)) }

  package func text(_ text: String) throws(ReportError) {
    guard text.utf8.count > Self.shortText else {
      try check(xmlTextWriterWriteString(writer, XMLText.clean(text)))
      return
    }
    if !text.hasSameBytes(as: longText.plain) {
      guard let escaped = xmlEncodeSpecialChars(nil, XMLText.clean(text)) else { throw Self.exhausted }
      defer { repro_audit_xml_free(escaped) }
      longText = (text, String(cString: escaped))
    }
    try check(xmlTextWriterWriteRaw(writer, longText.escaped))
  }

  /// Writes an element with its attributes in the order given, and what `content` adds.
  package func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], content: () throws(ReportError) -> Void
  ) throws(ReportError) {
    try startElement(name)
    for (name, value) in attributes { try attribute(name, value) }
    try content()
    try endElement()
  }

  /// Writes an element that holds nothing but text; an empty one as `<name/>`.
  package func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = ""
  ) throws(ReportError) {
    try startElement(name)
    for (name, value) in attributes { try attribute(name, value) }
    if !text.isEmpty { try self.text(text) }
    try endElement()
  }

  /// The text of what `content` writes, without an XML declaration, to stand inside another document.
  package static func fragment(
    _ content: (XMLTextWriter) throws(ReportError) -> Void
  ) throws(ReportError) -> String {
    let memory = XMLMemory()
    let writer = try XMLTextWriter(to: memory)
    // Without a declared encoding libxml2 writes every other letter of an attribute as a reference.
    try writer.startDocument()
    try writer.flush()
    memory.removeAll()
    try content(writer)
    try writer.endDocument()
    return String(decoding: memory.bytes, as: UTF8.self)
  }

  private static let exhausted = ReportError(path: "XML", reason: "out of memory")

  private func check(_ status: Int32) throws(ReportError) {
    if let error = target.error { throw error }
    guard status >= 0 else {
      throw ReportError(path: "XML", reason: "libxml2 refused to write, out of memory or out of order")
    }
  }
}
