import Foundation
import Hashing
import Records
import Testing

@Suite struct DefinedDigestTests {
  private func digest(_ bytes: [UInt8], _ definition: DigestDefinition, bufferSize: Int = 1 << 20) throws -> String? {
    let scratch = try Scratch()
    let path = try scratch.write("file", bytes)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 64)
    defer { buffer.deallocate() }
    let result = try FileHasher(algorithms: [], definitions: [definition]).hash(path, buffer: buffer)
    #expect(result.digests.allSatisfy { $0.definition == definition && $0.algorithm == definition.algorithm })
    return result.digests.first?.hex
  }

  @Test func `names a file as git does`() throws {
    #expect(try digest(Array("hello\n".utf8), .gitBlob) == "ce013625030ba8dba906f756967f9e9ca394464a")
    #expect(try digest([], .gitBlob) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(BytesDigest.gitBlob(Array("hello\n".utf8)) == "ce013625030ba8dba906f756967f9e9ca394464a")
  }

  /// MD5 of `a\nb\n`, of `a\r\nb\r\n`, and of bytes with a NUL, by md5sum.
  @Test func `turns the line ends of text as DVC 2 did, and leaves binary files alone`() throws {
    #expect(try digest(Array("a\r\nb\r\n".utf8), .dos2unix) == "dd8c6a395b5dd36c56d23275028f526c")
    #expect(try digest(Array("a\nb\n".utf8), .dos2unix) == "dd8c6a395b5dd36c56d23275028f526c")
    let binary = Array("a\r\nb".utf8) + [0] + Array("\r\n".utf8)
    #expect(try digest(binary, .dos2unix) == "acfa4b265c6c4adc860cabd3704714fd")
    #expect(try digest([], .dos2unix) == "d41d8cd98f00b204e9800998ecf8427e")
  }

  @Test func `gives the same whatever the size of the pieces it is read in`() throws {
    let text = (0..<300_000).flatMap { Array("row \($0)\r\n".utf8) }
    let whole = try digest(text, .dos2unix)
    #expect(try digest(text, .dos2unix, bufferSize: 4093) == whole)
    #expect(try digest(text, .gitBlob, bufferSize: 4093) == digest(text, .gitBlob))
  }

  /// From a real repository of DVC 3.67.1, with names that its JSON escapes.
  @Test func `names a directory as DVC does`() {
    var digest = DVCDirectoryDigest()
    for (path, md5) in [
      ("README", "dc0ef2a87c9b6f2a3c54dc4d9bd8f30f"), ("part-0.csv", "00112233445566778899aabbccddeeff"),
    ] { digest.add(path: Array(path.utf8), md5: md5) }
    let small = String(decoding: digest.manifest, as: UTF8.self)
    #expect(
      small == #"[{"md5": "dc0ef2a87c9b6f2a3c54dc4d9bd8f30f", "relpath": "README"}, "#
        + #"{"md5": "00112233445566778899aabbccddeeff", "relpath": "part-0.csv"}]"#)
    var pair = DVCDirectoryDigest()
    pair.add(path: Array("train.csv".utf8), md5: "ae3deb52989fa600e3b797428c8c7872")
    pair.add(path: Array("test.csv".utf8), md5: "0021bd7511f5efa55f4820e2eec12a9c")
    #expect(pair.finish() == "11caa1a2eec037c6c81a9172e273438b")
  }

  @Test(arguments: [
    ("üñï—😀.txt", #"\u00fc\u00f1\u00ef\u2014\ud83d\ude00.txt"#), ("a\"b\\c\n", #"a\"b\\c\n"#), ("\u{7F}", #"\u007f"#),
  ])
  func `escapes names as Python's json does`(name: String, escaped: String) {
    var digest = DVCDirectoryDigest()
    digest.add(path: Array(name.utf8), md5: "x")
    #expect(String(decoding: digest.manifest, as: UTF8.self) == #"[{"md5": "x", "relpath": ""# + escaped + #""}]"#)
  }

  @Test func `shows bytes that are no text as Python reads them`() {
    var digest = DVCDirectoryDigest()
    digest.add(path: [0x61, 0xFF], md5: "x")
    #expect(String(decoding: digest.manifest, as: UTF8.self) == #"[{"md5": "x", "relpath": "a\udcff"}]"#)
  }
}
