import Records
import Testing

@Suite struct DigestTests {
  static let hex = String(repeating: "9f", count: 32)

  @Test(arguments: [
    "sha256:\(hex)", "SHA-256:\(hex.uppercased())", hex, "repro-audit/directory/1:sha256:\(hex)",
  ])
  func `reads what records write`(text: String) {
    #expect(Digest(text: text)?.hex == Self.hex)
    #expect(Digest(text: text)?.algorithm == .sha256)
  }

  @Test(arguments: [
    "", "sha256:", "sha256:9f", "sha256:\(hex)0", "md5:\(hex)", "sha256:zz\(hex.dropFirst(2))", "other/1:sha256:\(hex)",
    "crc32:00000000", "9f…", "sha256:sha256:\(hex)", "TODO",
  ])
  func `anything else is malformed`(text: String) { #expect(Digest(text: text) == nil) }

  @Test func `an assumed algorithm must fit`() {
    #expect(Digest(text: Self.hex, assumed: .md5) == nil)
    #expect(Digest(text: String(repeating: "0", count: 32), assumed: .md5)?.algorithm == .md5)
  }
}
