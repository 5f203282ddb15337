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

  /// Bytes as lower-case hexadecimal digits.
  package static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[index * 2] = digits[Int(byte >> 4)]
        buffer[index * 2 + 1] = digits[Int(byte & 15)]
      }
      return bytes.count * 2
    }
  }

  /// SHA-256 of the UTF-8 form of `text`.
  package static func sha256(_ text: String) -> String { sha256(text.utf8) }
}

extension Crypto.Digest {
  /// Lower-case hexadecimal digits.
  var hexadecimal: String { BytesDigest.hexadecimal(Array(self)) }
}
