import Hashing

extension AuditOptions {
  /// The keys of `--key`, in the order given.
  func signingKeys() throws -> [SigningKey] { try Self.signingKeys(keys) }

  /// The public keys in these files.
  static func signingKeys(_ paths: [String]) throws -> [SigningKey] {
    try paths.map { path in
      // A report names no place of this machine.
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let bytes: [UInt8]
      do throws(FileAccessError) {
        bytes = try WholeFile.read(SystemPath(path), limit: 1 << 20)
      } catch {
        throw AuditError.unusable("--key \(path): \(error.reason)")
      }
      guard let key = SigningKey(pem: String(decoding: bytes, as: UTF8.self), name: name) else {
        throw AuditError.unusable(
          "--key \(path): no public key in PEM of Ed25519, P-256, P-384 or P-521; "
            + "`openssl pkey -in KEY -pubout` and `openssl x509 -in CERTIFICATE -pubkey -noout` write one")
      }
      return key
    }
  }
}
