import Foundation
import Hashing
import Records
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A folder that goes when the test ends.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "repro-audit-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> SystemPath { SystemPath(url.appending(path: name).path) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> SystemPath {
    try Data(bytes).write(to: url.appending(path: name))
    return path(name)
  }
}

private func hash(
  _ path: SystemPath, _ hasher: FileHasher, bufferSize: Int = FileHasher.bufferSize, progress: (Int) -> Void = { _ in }
) throws(FileAccessError) -> FileHasher.Result {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 64)
  defer { buffer.deallocate() }
  return try hasher.hash(path, buffer: buffer, progress: progress)
}

@Suite struct FileHasherTests {
  @Test(arguments: [
    ("md5", "900150983cd24fb0d6963f7d28e17f72"),
    ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "sha512",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
  ])
  func `computes the published digest of abc`(algorithm: String, expected: String) throws {
    let scratch = try Scratch()
    let path = try scratch.write("abc", Array("abc".utf8))
    let wanted = try #require(DigestAlgorithm(rawValue: algorithm))
    let result = try hash(path, FileHasher(algorithms: [wanted]))
    #expect(result.digests.map(\.hex) == [expected])
  }

  @Test func `computes all digests in one pass, whatever the size of the pieces`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("file", (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    var reads = 0
    let small = try hash(path, FileHasher(algorithms: [.md5, .sha256]), bufferSize: 4096) { _ in reads += 1 }
    let large = try hash(path, FileHasher(algorithms: [.md5, .sha256]))
    #expect(small.digests == large.digests)
    #expect(small.digests.map(\.algorithm) == [.md5, .sha256])
    #expect(reads == 25)
    #expect(small.state.size == 100_000)
  }

  @Test func `an empty file has the digest of nothing`() throws {
    let scratch = try Scratch()
    let result = try hash(try scratch.write("empty", []), FileHasher(algorithms: [.sha256]))
    #expect(result.digests[0].hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(!result.changed)
  }

  @Test func `a file that grows while it is read is said to change`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("growing", [UInt8](repeating: 1, count: 8192))
    var grown = false
    let result = try hash(path, FileHasher(algorithms: [.sha256]), bufferSize: 4096) { _ in
      guard !grown, let handle = FileHandle(forWritingAtPath: path.string) else { return }
      grown = true
      _ = try? handle.seekToEnd()
      try? handle.write(contentsOf: Data([2, 2, 2]))
      try? handle.close()
    }
    #expect(result.changed)
  }

  @Test func `a file that vanishes while it is read is still read to its end`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("vanishing", [UInt8](repeating: 1, count: 8192))
    let result = try hash(path, FileHasher(algorithms: [.sha256]), bufferSize: 4096) { _ in unlink(path.string) }
    #expect(result.state.size == 8192)
  }

  @Test func `a sparse file is read as the zeros it stands for`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("sparse", [])
    #expect(truncate(path.string, 1 << 20) == 0)
    let result = try hash(path, FileHasher(algorithms: [.sha256]))
    #expect(result.digests[0].hex == BytesDigest.sha256([UInt8](repeating: 0, count: 1 << 20)))
  }

  @Test func `what is no file is refused without waiting for it`() throws {
    let scratch = try Scratch()
    #expect(mkfifo(scratch.path("fifo").string, 0o600) == 0)
    #expect(throws: FileAccessError.specialFile) { try hash(scratch.path("fifo"), FileHasher(algorithms: [.sha256])) }
    #expect(throws: FileAccessError.isDirectory) {
      try hash(SystemPath(scratch.url.path), FileHasher(algorithms: [.sha256]))
    }
    #expect(throws: FileAccessError.specialFile) {
      try hash(SystemPath("/dev/zero"), FileHasher(algorithms: [.sha256]))
    }
    #expect(throws: FileAccessError.missing) { try hash(scratch.path("none"), FileHasher(algorithms: [.sha256])) }
    try FileManager.default.createSymbolicLink(atPath: scratch.path("link").string, withDestinationPath: "/etc/passwd")
    #expect(throws: FileAccessError.linkLoop) { try hash(scratch.path("link"), FileHasher(algorithms: [.sha256])) }
  }

  @Test func `the directory digest is what coreutils give`() {
    var digest = DirectoryDigest()
    // printf a >x; mkdir d; printf b >d/y; find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum -z -- | sha256sum
    digest.add(path: Array("x".utf8), sha256: BytesDigest.sha256("a"))
    digest.add(path: Array("d/y".utf8), sha256: BytesDigest.sha256("b"))
    let lines = "\(BytesDigest.sha256("b"))  d/y\0\(BytesDigest.sha256("a"))  x\0"
    #expect(digest.finish() == BytesDigest.sha256(lines))
    #expect(DirectoryDigest().finish() == BytesDigest.sha256(""))
  }
}
