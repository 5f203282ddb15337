import Records
import Crypto

/// Digests of bytes in memory.
package enum BytesDigest {
  /// SHA-256 as lower-case hexadecimal digits.
  package static func sha256(_ bytes: some Sequence<UInt8>) -> String {
    var hasher = SHA256()
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if done == nil { hasher.update(data: Array(bytes)) }
    return hasher.finalize().hexadecimal
  }

  /// The name that git gives to a file of these bytes, as lower-case hexadecimal digits.
  package static func gitBlob(_ bytes: [UInt8]) -> String {
    var hasher = Insecure.SHA1()
    hasher.update(data: Array("blob \(bytes.count)".utf8) + [0] + bytes)
    return hasher.finalize().hexadecimal
  }

  /// The 20 bytes of SHA-1.
  package static func sha1(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var hasher = Insecure.SHA1()
    hasher.update(data: Array(bytes))
    return Array(hasher.finalize())
  }

  /// SHA-256 of the UTF-8 form of `text`.
  package static func sha256(_ text: String) -> String { sha256(text.utf8) }
}

/// SHA-256 of bytes that come one part after the other.
package struct RunningDigest {
  private var hasher = SHA256()

  package init() {}

  package mutating func update(_ bytes: [UInt8]) { hasher.update(data: bytes) }

  /// Lower-case hexadecimal digits of all that came so far.
  package var hexadecimal: String { hasher.finalize().hexadecimal }
}
