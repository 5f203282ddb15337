import SystemPackage

/// Reads small files whole: records, manifests, requirements.
package enum WholeFile {
  /// Documents are small; more than this in one is a mistake or an attack.
  package static let documentLimit = 64 << 20

  /// The bytes of the regular file at `path`, at most `limit` of them.
  package static func read(_ path: SystemPath, limit: Int = documentLimit) throws(FileAccessError) -> [UInt8] {
    try read(OpenFile(path), limit: limit)
  }

  /// The bytes of an open file, at most `limit` of them.
  package static func read(_ file: borrowing OpenFile, limit: Int = documentLimit) throws(FileAccessError) -> [UInt8] {
    let size = Int(try file.state().size)
    guard size <= limit else { throw .tooLarge(limit: limit) }
    // One byte more than the size tells, so that the end is seen without a second read.
    var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      count = fill(UnsafeMutableRawBufferPointer(buffer), from: file.descriptor, expected: size)
    }
    if bytes.count > size { try readGrowth(of: file.descriptor, into: &bytes, limit: limit) }
    return bytes
  }

  /// At most the first `count` bytes of the regular file at `path`.
  package static func start(of path: SystemPath, count: Int) throws(FileAccessError) -> [UInt8] {
    let file = try OpenFile(path)
    _ = try file.state()
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fill(UnsafeMutableRawBufferPointer(buffer), from: file.descriptor)
    }
  }

  /// Reads until `buffer` is full or the file ends; after `expected` bytes, less than was asked for means the end.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: FileDescriptor, expected: Int = .max
  ) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      guard let count = try? descriptor.read(into: rest), count > 0 else { break }
      filled += count
      if filled >= expected, count < rest.count { break }
    }
    return filled
  }

  /// A file that grows while it is read, or one of /proc that states no size.
  private static func readGrowth(
    of descriptor: FileDescriptor, into bytes: inout [UInt8], limit: Int
  ) throws(FileAccessError) {
    while bytes.count <= limit {
      let more = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
      }
      if more.isEmpty { return }
      bytes += more
    }
    throw .tooLarge(limit: limit)
  }
}
