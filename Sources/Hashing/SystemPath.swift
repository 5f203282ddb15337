#if canImport(Glibc)
  import Glibc
#endif

/// A path as the system takes it: bytes and a NUL, without the checks and copies of a general path type.
///
/// A store of a million files makes several of these a file.
package struct SystemPath: Sendable, Hashable {
  private let terminated: [CChar]

  /// A NUL inside would cut the path short and name another file, so such a path names nothing.
  package init(bytes: some Sequence<UInt8>) {
    var terminated: [CChar] = []
    terminated.reserveCapacity(bytes.underestimatedCount + 1)
    for byte in bytes {
      if byte == 0 {
        self.terminated = [0]
        return
      }
      terminated.append(CChar(bitPattern: byte))
    }
    terminated.append(0)
    self.terminated = terminated
  }

  package init(_ text: String) { self.init(bytes: text.utf8) }

  /// `folder/name`.
  package init(folder: [UInt8], name: [UInt8]) {
    guard !folder.contains(0), !name.contains(0) else {
      terminated = [0]
      return
    }
    let count = folder.count + (name.isEmpty ? 0 : 1 + name.count)
    terminated = [CChar](unsafeUninitializedCapacity: count + 1) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      bytes.copyBytes(from: folder)
      if !name.isEmpty {
        bytes[folder.count] = UInt8(ascii: "/")
        UnsafeMutableRawBufferPointer(rebasing: bytes[(folder.count + 1)...]).copyBytes(from: name)
      }
      bytes[count] = 0
      filled = count + 1
    }
  }

  package func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
    try terminated.withUnsafeBufferPointer { buffer in
      // The array always holds its NUL.
      guard let start = buffer.baseAddress else { return try "".withCString(body) }
      return try body(start)
    }
  }

  /// Where an open file or directory really lies, whatever links led to it; nil where the system does not tell.
  package static func real(of descriptor: CInt) -> [UInt8]? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = "/proc/self/fd/\(descriptor)".withCString { readlink($0, start, buffer.count) }
      guard count > 0, count < buffer.count else { return nil }
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
  }

  /// Without the NUL.
  package var bytes: [UInt8] { terminated.dropLast().map { UInt8(bitPattern: $0) } }

  /// For messages; invalid UTF-8 shows as U+FFFD.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
