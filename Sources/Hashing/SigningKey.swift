import Crypto
import Foundation

/// A public key that signatures are held against: ECDSA over P-256, P-384 or P-521.
package struct SigningKey: Sendable {
  private enum Key: Sendable {
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
    if let key = try? P256.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p256(key)
    } else if let key = try? P384.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p384(key)
    } else if let key = try? P521.Signing.PublicKey(pemRepresentation: pem) {
      self.key = .p521(key)
    } else {
      return nil
    }
  }

  /// Whether `signature` (DER) over `message` was made with this key, hashed as long as the curve is: SHA-256, SHA-384
  /// or SHA-512; or always with SHA-256.
  package func verifies(_ signature: [UInt8], of message: [UInt8], alwaysSHA256: Bool = false) -> Bool {
    let message = Data(message)
    switch key {
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
