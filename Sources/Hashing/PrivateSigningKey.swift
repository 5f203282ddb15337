import Crypto
import Foundation

/// A private key that signs: Ed25519 or ECDSA over P-256.
package struct PrivateSigningKey: Sendable {
  private enum Key: Sendable {
    case ed25519(Curve25519.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
  }

  private let key: Key

  /// Reads a private key in PEM (PKCS#8, or `EC PRIVATE KEY`), without a passphrase; nil for anything else.
  package init?(pem: String) {
    if let key = Ed25519PEM.privateKey(pem) {
      self.key = .ed25519(key)
    } else if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
      self.key = .p256(key)
    } else {
      return nil
    }
  }

  /// 64 bytes of Ed25519, or DER of ECDSA with SHA-256; the latter differs each time.
  package func signature(of message: [UInt8]) throws -> [UInt8] {
    switch key {
    case .ed25519(let key): Array(try key.signature(for: Data(message)))
    case .p256(let key): Array(try key.signature(for: SHA256.hash(data: Data(message))).derRepresentation)
    }
  }

  /// `sha256:…` of the public key in DER, by which `SigningKey.id` finds it.
  package var id: String {
    switch key {
    case .ed25519(let key): SigningKey.id(der: Ed25519PEM.der(of: key.publicKey))
    case .p256(let key): SigningKey.id(der: Array(key.publicKey.derRepresentation))
    }
  }
}

/// Ed25519 keys in PEM, which the library leaves to others: RFC 8410 has one way to write each.
enum Ed25519PEM {
  private static let publicStart: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
  /// From the algorithm to the seed.
  private static let privateMiddle: [UInt8] = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

  static func publicKey(_ pem: String) -> Curve25519.Signing.PublicKey? {
    guard let der = bytes(pem, kind: "PUBLIC KEY"), der.count == publicStart.count + 32, der.starts(with: publicStart)
    else { return nil }
    return try? Curve25519.Signing.PublicKey(rawRepresentation: der.suffix(32))
  }

  static func privateKey(_ pem: String) -> Curve25519.Signing.PrivateKey? {
    // A sequence, its length, the version (1 when the public key stands behind it), then the seed.
    guard let der = bytes(pem, kind: "PRIVATE KEY"), der.count >= 48, der[0] == 0x30, Int(der[1]) == der.count - 2,
      der[2] == 0x02, der[3] == 0x01, der[4] <= 1, der[5..<16].elementsEqual(privateMiddle)
    else { return nil }
    return try? Curve25519.Signing.PrivateKey(rawRepresentation: der[16..<48])
  }

  static func der(of key: Curve25519.Signing.PublicKey) -> [UInt8] { publicStart + key.rawRepresentation }

  /// What stands between the first such lines; nil where there are none.
  private static func bytes(_ pem: String, kind: String) -> [UInt8]? {
    guard let start = pem.range(of: "-----BEGIN \(kind)-----"),
      let end = pem.range(of: "-----END \(kind)-----", range: start.upperBound..<pem.endIndex)
    else { return nil }
    let body = pem[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
    return Data(base64Encoded: String(body)).map { Array($0) }
  }
}
