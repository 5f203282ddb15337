import Records
import Testing

@Suite struct PointerTextTests {
  static let lfs =
    "version https://git-lfs.github.com/spec/v1\n"
    + "oid sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nsize 180\n"

  @Test func `reads the pointer of Git LFS`() throws {
    let pointer = try #require(PointerText(Array(Self.lfs.utf8)))
    #expect(pointer.tool == "Git LFS" && pointer.size == 180 && pointer.digest.algorithm == .sha256)
  }

  @Test(arguments: [
    ("outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 0\n  hash: md5\n  path: a.csv\n", nil),
    ("outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: a.csv\n", DigestDefinition.dos2unix),
  ])
  func `reads the pointer of DVC, of either version`(text: String, definition: DigestDefinition?) throws {
    let pointer = try #require(PointerText(Array(text.utf8)))
    #expect(pointer.tool == "DVC" && pointer.digest.definition == definition)
  }

  @Test(arguments: [
    "", "version 1\n", "version https://git-lfs.github.com/spec/v1\noid sha256:12\n", "outs:\n", "outs: []\n",
    "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: a\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: b\n",
    "vvvvvv" + String(repeating: "x", count: 2000),
  ])
  func `takes nothing else for one`(text: String) { #expect(PointerText(Array(text.utf8)) == nil) }
}
