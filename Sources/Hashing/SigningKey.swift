import Crypto
import Foundation

/// A public key that signatures are held against: Ed25519, or ECDSA over P-256, P-384 or P-521.
package struct SigningKey: Sendable {
  private enum Key: Sendable {
    case ed25519(Curve25519.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
  }

  /// The file it came from, as the user named it.
  package let name: String
  private let key: Key

  /// Reads a public key in PEM (`-----BEGIN PUBLIC KEY-----`); nil for anything else.
  package init?(pem: String, name: String) {
    self.name = name
    if let key = Ed25519PEM.publicKey(pem) {
      self.key = .ed25519(key)
    } else if let key = try? P256.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p256(key)
    } else if let key = try? P384.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p384(key)
    } else if let key = try? P521.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p521(key)
    } else {
      return nil
    }
  }

  /// `sha256:…` of the key in DER: `openssl pkey -pubin -in KEY -outform DER | sha256sum`.
  package var id: String {
    switch key {
    case .ed25519(let key): Self.id(der: Ed25519PEM.der(of: key))
    case .p256(let key): Self.id(der: Array(key.derRepresentation))
    case .p384(let key): Self.id(der: Array(key.derRepresentation))
    case .p521(let key): Self.id(der: Array(key.derRepresentation))
    }
  }

  static func id(der: [UInt8]) -> String { "sha256:" + BytesDigest.sha256(der) }

  /// Whether `signature` over `message` was made with this key: 64 bytes of Ed25519, or DER of ECDSA, hashed as long as
  /// the curve is (SHA-256, SHA-384 or SHA-512) or always with SHA-256.
  package func verifies(_ signature: [UInt8], of message: [UInt8], alwaysSHA256: Bool = false) -> Bool {
    let message = Data(message)
    switch key {
    case .ed25519(let key): return key.isValidSignature(Data(signature), for: message)
    case .p256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: SHA256.hash(data: message))
    case .p384(let key):
      guard let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return alwaysSHA256
        ? key.isValidSignature(signature, for: SHA256.hash(data: message))
        : key.isValidSignature(signature, for: SHA384.hash(data: message))
    case .p521(let key):
      guard let signature = try? P521.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return alwaysSHA256
        ? key.isValidSignature(signature, for: SHA256.hash(data: message))
        : key.isValidSignature(signature, for: SHA512.hash(data: message))
    }
  }
}
