import Reports
import Testing

@Suite struct XMLTextWriterTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\u{0}b", "a␀b"), ("a\u{1}\u{1B}", "a␁␛"), ("tab\tline\nend", "tab\tline\nend"),
    ("x\u{FFFE}y\u{FFFF}", "x⟨U+FFFE⟩y⟨U+FFFF⟩"), ("é𝄞\u{FFFD}", "é𝄞\u{FFFD}"), ("", ""),
  ])
  func `shows what XML cannot hold`(text: String, expected: String) { #expect(XMLText.clean(text) == expected) }

  static let hostile = [
    "]]>", "<script>alert(1)</script>", "&amp;\"'", "a\u{0}\u{1}\u{8}b", "line\nbreak\r\n\ttab", "\u{202E}evil",
    "é𝄞\u{FFFF}",
    "<!-- --> <?pi?>", String(repeating: "x", count: 100_000),
  ]

  @Test(arguments: hostile)
  func `text and attributes come back as they went in`(text: String) throws {
    let xml = try XMLTextWriter.fragment { xml throws(ReportError) in
      try xml.element("a", ["b": text], text: text)
    }
    let probe = try XMLProbe(xml)
    #expect(try probe.value("/a") == XMLText.clean(text))
    #expect(try probe.value("/a/@b") == XMLText.clean(text))
    #expect(try probe.count("//*") == 1)
  }

  @Test(arguments: hostile)
  func `a long text that comes again is the same, and the one after it is its own`(text: String) throws {
    let long = text + String(repeating: "<&>\r\u{1}é", count: 60)
    let other = "other" + long
    let xml = try XMLTextWriter.fragment { xml throws(ReportError) in
      try xml.element("a") { () throws(ReportError) in
        for text in [long, long, other, long] { try xml.element("b", text: text) }
      }
    }
    let probe = try XMLProbe(xml)
    for (index, text) in [long, long, other, long].enumerated() {
      #expect(try probe.value("/a/b[\(index + 1)]") == XMLText.clean(text))
    }
  }

  @Test func `a long text in another spelling is written in its own bytes`() throws {
    let spellings = ["\u{E9}", "e\u{301}"].map { String(repeating: $0, count: 300) }
    let xml = try XMLTextWriter.fragment { xml throws(ReportError) in
      try xml.element("a") { () throws(ReportError) in for text in spellings { try xml.element("b", text: text) } }
    }
    let probe = try XMLProbe(xml)
    for (index, text) in spellings.enumerated() {
      #expect(try probe.value("/a/b[\(index + 1)]").map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test func `elements nest and empty ones close themselves`() throws {
    let xml = try XMLTextWriter.fragment { xml throws(ReportError) in
      try xml.element("a") { () throws(ReportError) in
        try xml.element("b", text: "x")
        try xml.element("c")
      }
    }
    #expect(xml == "<a>\n <b>x</b>\n <c/>\n</a>\n")
  }

  @Test func `a full disk is an error that names the file`() throws {
    let sink = FullDisk(after: 10_000)
    let error = #expect(throws: ReportError.self) {
      let xml = try XMLTextWriter(to: sink)
      try xml.startDocument()
      try xml.startElement("a")
      for _ in 0..<10_000 { try xml.element("b", text: "some text") }
      try xml.endDocument()
    }
    #expect(error?.description == "report.xml: the report cannot be written: no space left on device")
  }

  @Test func `a fragment has no declaration`() throws {
    let xml = try XMLTextWriter.fragment { xml throws(ReportError) in try xml.element("a", ["b": "é"]) }
    #expect(xml == "<a b=\"é\"/>\n")
  }
}

/// A file on a disk that is full after some bytes.
final class FullDisk: XMLSink {
  private var left: Int

  init(after bytes: Int) { left = bytes }

  func write(_ bytes: UnsafeRawBufferPointer) throws(ReportError) {
    left -= bytes.count
    if left < 0 { throw ReportError(path: "report.xml", reason: "no space left on device") }
  }
}
