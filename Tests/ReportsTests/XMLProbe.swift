import CLibXML2
import Testing

/// Reads back what was written, with libxml2's strict parser and no network.
final class XMLProbe {
  private let document: xmlDocPtr

  /// libxml2 builds its tables on first use; tests run on several threads.
  static let prepared: Void = {
    xmlInitParser()
    xmlSchemaInitTypes()
  }()

  /// Refuses what is not well-formed.
  init(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws {
    _ = Self.prepared
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOERROR.rawValue)
    let document = bytes.withUnsafeBytes { buffer in
      xmlReadMemory(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), "", "UTF-8", options)
    }
    self.document = try #require(document, "not well-formed", sourceLocation: sourceLocation)
  }

  convenience init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try self.init(Array(text.utf8), sourceLocation: sourceLocation)
  }

  deinit { xmlFreeDoc(document) }

  /// The string values of what an XPath finds, in document order.
  func values(_ path: String) throws -> [String] {
    let context = try #require(xmlXPathNewContext(document))
    defer { xmlXPathFreeContext(context) }
    let found = try #require(xmlXPathEvalExpression(path, context), "\(path) is no XPath")
    defer { xmlXPathFreeObject(found) }
    guard let nodes = found.pointee.nodesetval else { return [] }
    return (0..<Int(nodes.pointee.nodeNr)).map { index in
      guard let text = xmlNodeGetContent(nodes.pointee.nodeTab[index]) else { return "" }
      defer { repro_audit_xml_free(text) }
      return String(cString: text)
    }
  }

  func value(_ path: String) throws -> String? { try values(path).first }

  /// How many nodes an XPath finds.
  func count(_ path: String) throws -> Int { try values(path).count }

  /// What keeps it from being valid under the XML Schema in `schema`.
  func faults(under schema: String) throws -> [String] {
    let text = schema.utf8CString
    let parsed = try text.withUnsafeBufferPointer { text in
      // The parser keeps the pointer until it has parsed.
      let parser = try #require(xmlSchemaNewMemParserCtxt(text.baseAddress, Int32(text.count - 1)))
      defer { xmlSchemaFreeParserCtxt(parser) }
      return try #require(xmlSchemaParse(parser), "the schema does not parse")
    }
    defer { xmlSchemaFree(parsed) }
    let context = try #require(xmlSchemaNewValidCtxt(parsed))
    defer { xmlSchemaFreeValidCtxt(context) }
    let faults = Faults()
    try withExtendedLifetime(faults) {
      xmlSchemaSetValidStructuredErrors(
        context,
        { faults, error in
          guard let faults, let message = error?.pointee.message else { return }
          Unmanaged<Faults>.fromOpaque(faults).takeUnretainedValue().messages.append(String(cString: message))
        }, Unmanaged.passUnretained(faults).toOpaque())
      let status = xmlSchemaValidateDoc(context, document)
      try #require(status >= 0)
      #expect((status == 0) == faults.messages.isEmpty)
    }
    return faults.messages
  }

  private final class Faults { var messages: [String] = [] }
}
