import Documents
import Foundation
import Hashing

/// A signed payload (Dead Simple Signing Envelope), alone or inside a Sigstore bundle.
package struct DSSEEnvelope: Sendable {
  let payloadType: String
  /// The signed bytes, never written again.
  let payload: [UInt8]
  /// In DER.
  let signatures: [[UInt8]]

  /// Nil when the node is neither an envelope nor a bundle with one.
  init?(_ root: DocumentNode) {
    let node = root["dsseEnvelope"] ?? root
    guard let type = node["payloadType"]?.text, let text = node["payload"]?.text,
      let payload = Self.bytes(text), let signatures = node["signatures"]?.elements
    else { return nil }
    payloadType = type
    self.payload = payload
    self.signatures = signatures.compactMap { $0["sig"]?.text.flatMap(Self.bytes) }
  }

  /// Standard or URL-safe base64, with or without padding.
  private static func bytes(_ text: String) -> [UInt8]? {
    var plain = text.replacing("-", with: "+").replacing("_", with: "/")
    plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    return Data(base64Encoded: plain).map { Array($0) }
  }

  /// What is signed: the type and the payload, each with its length.
  package static func authenticated(_ payload: [UInt8], type: String) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  /// The first of `keys` that made one of the signatures.
  func signer(among keys: [SigningKey]) -> SigningKey? {
    let message = Self.authenticated(payload, type: payloadType)
    let old = Array("DSSEV1 \(payloadType.utf8.count) \(payloadType) \(payload.count) \(Self.pythonText(payload))".utf8)
    return keys.first { key in
      signatures.contains { signature in
        key.verifies(signature, of: message) || key.verifies(signature, of: old, alwaysSHA256: true)
      }
    }
  }

  /// Bytes as Python shows them, `b'…'`: what model-signing 0.2 signed in place of the payload.
  private static func pythonText(_ bytes: [UInt8]) -> String {
    let quote: UInt8 =
      bytes.contains(UInt8(ascii: "'")) && !bytes.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
    var text: [UInt8] = [UInt8(ascii: "b"), quote]
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\\"), quote: text += [UInt8(ascii: "\\"), byte]
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x09: text += Array("\\t".utf8)
      case 0x20...0x7E: text.append(byte)
      default: text += Array("\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      }
    }
    return String(decoding: text + [quote], as: UTF8.self)
  }
}
