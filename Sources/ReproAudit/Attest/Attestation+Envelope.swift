import AuditDatabase
import Foundation
import Hashing
import Reports
import Stores

extension Attestation {
  /// The signed form: payload, type and signature, as Dead Simple Signing Envelopes have them.
  private struct Envelope: Encodable {
    struct Signature: Encodable {
      let keyid: String
      let sig: String
    }
    let payload: String
    let payloadType: String
    let signatures: [Signature]
  }

  /// Signs the statement and writes the envelope; `-` is standard output. Throws `ReportFailure` when it cannot be written.
  public func write(to path: String, signedBy signer: LedgerSigner) throws {
    let payload = try statement.json()
    let type = AttestationStatement.payloadType
    let signature = try signer.key.signature(of: DSSEEnvelope.authenticated(payload, type: type))
    let envelope = Envelope(
      payload: Data(payload).base64EncodedString(), payloadType: type,
      signatures: [.init(keyid: signer.key.id, sig: Data(signature).base64EncodedString())])
    try AuditResult.write(to: path) { try CanonicalJSON.text(envelope) + "\n" }
  }
}
