import AuditDatabase
import Foundation
import Hashing

/// The private key that entries of the ledger and attestations are signed with.
public struct LedgerSigner: Sendable {
  let key: PrivateSigningKey

  /// Reads `--sign-key FILE`; throws `AuditError` with what to do when it holds no such key.
  public init(path: String) throws {
    let bytes: [UInt8]
    do throws(FileAccessError) {
      bytes = try WholeFile.read(SystemPath(path), limit: 1 << 20)
    } catch {
      throw AuditError.unusable("--sign-key \(path): \(error.reason)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let key = PrivateSigningKey(pem: text) else {
      throw AuditError.unusable("--sign-key \(path): \(Self.reason(text))")
    }
    self.key = key
  }

  private static func reason(_ text: String) -> String {
    if text.contains("ENCRYPTED") {
      return "the key has a passphrase, which nobody can type at night; `openssl pkey -in KEY -out PLAIN` takes it off"
    }
    if text.contains("PUBLIC KEY") { return "a public key; name the private one" }
    return "no private key in PEM of Ed25519 or P-256; `openssl genpkey -algorithm ed25519 -out KEY` makes one"
  }

  func sign(_ bytes: [UInt8]) throws -> LedgerEntry.Signature {
    LedgerEntry.Signature(key: key.id, value: Data(try key.signature(of: bytes)).base64EncodedString())
  }
}
