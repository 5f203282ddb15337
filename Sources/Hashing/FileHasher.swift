import Crypto
import Records
import SystemPackage

/// Reads a file once and computes every digest that is asked for on the way.
package struct FileHasher: Sendable {
  /// What reading a file gave.
  package struct Result: Sendable {
    package let state: FileState
    package let digests: [Records.Digest]
    package let table: TableScan?
    /// What the file points at when it is a Git LFS or DVC pointer.
    package let pointer: PointerText?
    /// The file was written to while it was read: the digests are of no one content.
    package let changed: Bool
  }

  /// Larger buffers gain nothing (measured); smaller ones cost system calls.
  package static let bufferSize = 1 << 20

  private let algorithms: [DigestAlgorithm]
  private let definitions: [DigestDefinition]
  private let table: TableFormat?
  private let wantsSchema: Bool

  /// `definitions` are of files; digests of directories are made from those of their files.
  package init(
    algorithms: Set<DigestAlgorithm>, definitions: Set<DigestDefinition> = [], table: TableFormat? = nil,
    wantsSchema: Bool = false
  ) {
    self.algorithms = algorithms.sorted()
    self.definitions = definitions.sorted { $0.rawValue < $1.rawValue }
    self.table = table
    self.wantsSchema = wantsSchema
  }

  /// Reads the regular file at `path`; `progress` gets the number of bytes of each read. `uncached` reads the disk even
  /// where the system has the bytes in memory.
  package func hash(
    _ path: SystemPath, buffer: UnsafeMutableRawBufferPointer, uncached: Bool = false,
    progress: (Int) -> Void = { _ in }
  ) throws(FileAccessError) -> Result {
    let file = try OpenFile(path)
    if uncached { file.forgetCache() }
    let before = try file.state()
    var digesters = algorithms.map(Digester.init)
    var defined = definitions.compactMap { DefinedDigester($0, size: before.size) }
    var scanner = table.map { TableScanner(format: $0, wantsSchema: wantsSchema) }
    var total: Int64 = 0
    while true {
      let count: Int
      do {
        count = try file.descriptor.read(into: buffer)
      } catch {
        throw (error as? Errno).map(FileAccessError.init) ?? .unreadable("\(error)")
      }
      if count == 0 { break }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      for index in digesters.indices { digesters[index].update(bytes) }
      for index in defined.indices { defined[index].update(bytes) }
      scanner?.update(bytes)
      total += Int64(count)
      progress(count)
      // A small file that gave all it has needs no second read to be told so.
      if total == before.size, before.size < Int64(buffer.count), count < buffer.count { break }
    }
    let after = try file.state()
    // What was asked to come from the disk is not asked for again soon; others need the memory.
    if uncached { file.forgetCache() }
    // The buffer still holds the whole of a file that one read gave.
    let isWhole = total == before.size && total <= PointerText.longest && total <= buffer.count
    return Result(
      state: FileState(size: total, modified: after.modified, changed: after.changed, inode: after.inode),
      digests: digesters.map { $0.finish() } + defined.map { $0.finish() }, table: scanner?.finish(),
      pointer: isWhole ? PointerText(UnsafeRawBufferPointer(rebasing: buffer[..<Int(total)])) : nil,
      changed: before != after || total != after.size)
  }
}

/// One running digest of any algorithm.
enum Digester {
  case md5(Insecure.MD5)
  case sha1(Insecure.SHA1)
  case sha256(SHA256)
  case sha384(SHA384)
  case sha512(SHA512)

  init(_ algorithm: DigestAlgorithm) {
    switch algorithm {
    case .md5: self = .md5(Insecure.MD5())
    case .sha1: self = .sha1(Insecure.SHA1())
    case .sha256: self = .sha256(SHA256())
    case .sha384: self = .sha384(SHA384())
    case .sha512: self = .sha512(SHA512())
    }
  }

  mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .md5(var hasher):
      hasher.update(bufferPointer: bytes)
      self = .md5(hasher)
    case .sha1(var hasher):
      hasher.update(bufferPointer: bytes)
      self = .sha1(hasher)
    case .sha256(var hasher):
      hasher.update(bufferPointer: bytes)
      self = .sha256(hasher)
    case .sha384(var hasher):
      hasher.update(bufferPointer: bytes)
      self = .sha384(hasher)
    case .sha512(var hasher):
      hasher.update(bufferPointer: bytes)
      self = .sha512(hasher)
    }
  }

  func finish() -> Records.Digest {
    switch self {
    case .md5(let hasher): Records.Digest(algorithm: .md5, hex: hasher.finalize().hexadecimal)
    case .sha1(let hasher): Records.Digest(algorithm: .sha1, hex: hasher.finalize().hexadecimal)
    case .sha256(let hasher): Records.Digest(algorithm: .sha256, hex: hasher.finalize().hexadecimal)
    case .sha384(let hasher): Records.Digest(algorithm: .sha384, hex: hasher.finalize().hexadecimal)
    case .sha512(let hasher): Records.Digest(algorithm: .sha512, hex: hasher.finalize().hexadecimal)
    }
  }
}
