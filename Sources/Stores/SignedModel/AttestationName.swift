/// What files that sign or attest something are called.
package enum AttestationName {
  private static let endings = [
    ".sig", ".sigstore", ".sigstore.json", ".bundle.json", ".intoto.json", ".intoto.jsonl", ".att.json", ".att",
    ".provenance.json", ".provenance.jsonl", ".slsa.json", ".dsse.json", ".dsse",
  ].map { Array($0.utf8) }
  private static let names = ["provenance.json", "attestation.json"].map { Array($0.utf8) }

  /// Whether a signature or a statement may have such a name; asked of every file of a scan.
  package static func fits(_ name: [UInt8]) -> Bool {
    endings.contains { name.count > $0.count && name.suffix($0.count).elementsEqual($0) } || names.contains(name)
  }
}
