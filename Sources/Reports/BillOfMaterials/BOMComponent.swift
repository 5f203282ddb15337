import Records

/// One component of a CycloneDX bill of materials; what it has not is left out.
struct BOMComponent: Sendable {
  enum Kind: String, Sendable {
    case model = "machine-learning-model"
    case data, library, container, file, platform
  }

  let kind: Kind
  /// Unique in the bill.
  let reference: String
  let name: String
  var group: String?
  var version: String?
  var packageURL: String?
  /// As `algorithm:hex`.
  var digests: [String] = []
  /// What kind of reference, and where it leads.
  var links: [(kind: String, url: String, comment: String?)] = []
  var properties: [(name: String, value: String)] = []

  init(_ kind: Kind, reference: String, name: String) {
    self.kind = kind
    self.reference = reference
    // The format has no component without a name.
    self.name = name.isEmpty ? "unnamed" : name
  }

  /// Writes the fields that every component may have.
  func writeFields(_ json: inout JSONWriter) throws {
    try json.field("type", kind.rawValue)
    try json.field("bom-ref", reference)
    if let group { try json.field("group", group) }
    try json.field("name", name)
    if let version { try json.field("version", version) }
    try Self.write(digests: digests, &json)
    if let packageURL { try json.field("purl", packageURL) }
    if !links.isEmpty {
      try json.key("externalReferences")
      try json.array { json in
        for link in links {
          try json.object {
            try $0.field("type", link.kind)
            try $0.field("url", Self.address(link.url))
            if let comment = link.comment { try $0.field("comment", comment) }
          }
        }
      }
    }
    try Self.write(properties: properties, &json)
  }

  static func write(properties: [(name: String, value: String)], _ json: inout JSONWriter) throws {
    guard !properties.isEmpty else { return }
    try json.key("properties")
    try json.array { json in
      for property in properties {
        try json.object {
          try $0.field("name", property.name)
          try $0.field("value", property.value)
        }
      }
    }
  }

  /// CycloneDX knows algorithms by names of its own.
  private static let algorithms: [DigestAlgorithm: String] = [
    .md5: "MD5", .sha1: "SHA-1", .sha256: "SHA-256", .sha384: "SHA-384", .sha512: "SHA-512",
  ]

  private static func write(digests: [String], _ json: inout JSONWriter) throws {
    let known = digests.compactMap { Digest(text: $0) }.filter { $0.definition == nil }
      .sorted { ($0.algorithm, $0.hex) < ($1.algorithm, $1.hex) }
    guard !known.isEmpty else { return }
    try json.key("hashes")
    try json.array { json in
      for digest in known {
        try json.object {
          try $0.field("alg", Self.algorithms[digest.algorithm])
          try $0.field("content", digest.hex)
        }
      }
    }
  }

  /// An address that every reader takes: what an IRI must not hold is escaped, `user@host:path` becomes `ssh://`.
  static func address(_ text: String) -> String {
    let text = Redaction.redact(text)
    if let match = text.wholeMatch(of: #/([A-Za-z0-9._-]+@[A-Za-z0-9.-]+):([^/:][^:]*)/#) {
      return "ssh://\(match.1)/\(escaped(String(match.2), allowing: "/"))"
    }
    // Before the first slash a colon ends a scheme.
    let hasScheme = text.prefixMatch(of: #/[A-Za-z][A-Za-z0-9+.-]*:/#) != nil
    return escaped(text, allowing: hasScheme ? "/:?#@!$&'()*+,;=" : "/?@!$&'()*+,;=")
  }

  private static func escaped(_ text: String, allowing others: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8).union(others.utf8)
    var hashes = 0
    return text.utf8.map { byte in
      // One fragment is all that an address has.
      if byte == UInt8(ascii: "#") { hashes += 1 }
      let isPlain = plain.contains(byte) && !(byte == UInt8(ascii: "#") && hashes > 1)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
