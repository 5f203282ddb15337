/// Where the bytes of an XML document go.
package protocol XMLSink: AnyObject {
  func write(_ bytes: UnsafeRawBufferPointer) throws(ReportError)
}

/// Keeps a document in memory, for one that becomes part of another.
package final class XMLMemory: XMLSink {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package func write(_ bytes: UnsafeRawBufferPointer) throws(ReportError) { self.bytes.append(contentsOf: bytes) }

  package func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Writes a document to a report file or standard output and counts its bytes.
package final class XMLReportFile: XMLSink {
  private let file: ReportFile
  package private(set) var byteCount = 0

  package init(_ file: ReportFile) { self.file = file }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(ReportError) {
    byteCount += bytes.count
    try file.write(bytes)
  }
}
