import Records
import Stores
import Testing

@Suite struct ChecksumFileTests {
  static let hex = "c44e03f47fdbc0a3401cd6ee54a6fb6f9868a580ac5783faa8728bb55e0ac212"

  @Test(arguments: [
    ("\(hex)  model.pkl\n", "model.pkl"), ("\(hex) *model.pkl\r\n", "model.pkl"),
    ("SHA256 (model.pkl) = \(hex)\n", "model.pkl"), ("SHA256 (a (1).pkl) = \(hex)", "a (1).pkl"),
    ("sha256:\(hex)  model.pkl", "model.pkl"), ("\(hex.uppercased())  model.pkl", "model.pkl"),
    ("\\\(hex)  new\\nline", "new\nline"), ("\(hex)  with space.pkl", "with space.pkl"), (hex, nil),
    ("sha256:\(hex)\n", nil),
  ])
  func `reads each form people write`(text: String, name: String?) throws {
    let (lines, unreadable) = ChecksumFile.read(Array(text.utf8))
    #expect(unreadable.isEmpty)
    let line = try #require(lines.first)
    #expect(line.name == name)
    #expect(line.digest == Digest(algorithm: .sha256, hex: Self.hex))
    #expect(line.line == 1)
  }

  @Test func `reads UTF-16 with a byte order mark, CRLF and upper case`() {
    let text = "\(Self.hex.uppercased())  model.pkl\r\n"
    let units = Array(text.utf16)
    let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [little, big] {
      #expect(ChecksumFile.read(bytes).lines.map(\.digest?.hex) == [Self.hex])
      #expect(ChecksumFile.read(bytes).lines.map(\.name) == ["model.pkl"])
    }
  }

  @Test func `keeps what it cannot read, by line`() {
    let (lines, unreadable) = ChecksumFile.read(Array("# comment\n\nnot-a-digest  model.pkl\ngarbage\n".utf8))
    #expect(lines.map(\.digest) == [nil])
    #expect(lines.map(\.name) == ["model.pkl"])
    #expect(unreadable == [4])
  }
}
