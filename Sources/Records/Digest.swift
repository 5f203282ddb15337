/// A digest algorithm that records may name.
public enum DigestAlgorithm: String, Sendable, CaseIterable, Comparable {
  case md5
  case sha1
  case sha256
  case sha384
  case sha512

  /// The length of the digest in hexadecimal digits.
  public var hexLength: Int {
    switch self {
    case .md5: 32
    case .sha1: 40
    case .sha256: 64
    case .sha384: 96
    case .sha512: 128
    }
  }

  /// The algorithm that gives digests of `hexLength` hexadecimal digits.
  public init?(hexLength: Int) {
    guard let match = Self.allCases.first(where: { $0.hexLength == hexLength }) else { return nil }
    self = match
  }

  /// The algorithm a person means: `SHA-256`, `sha256` and `Sha256` are the same.
  public init?(spelling: some StringProtocol) {
    self.init(rawValue: spelling.lowercased().filter { $0 != "-" && $0 != "_" })
  }

  public static func < (left: Self, right: Self) -> Bool { left.hexLength < right.hexLength }
}

/// What a digest was computed over, when it is not simply the bytes of one file.
public enum DigestDefinition: String, Sendable, CaseIterable {
  /// SHA-256 over `<sha256 hex>  <relative path>` NUL entries of all regular files, sorted by path bytes.
  case directory1 = "repro-audit/directory/1"
  /// SHA-256 over the compact JSON `{"columns":[…],"dtypes":[…]}` with sorted keys.
  case schema1 = "repro-audit/schema/1"
  /// SHA-1 over `blob <length>`, NUL and the bytes: the name of a file in git.
  case gitBlob = "git-blob"
  /// MD5 after `\r\n` became `\n` in what looks like text, as DVC computed it before version 3.
  case dos2unix = "md5-dos2unix"
  /// MD5 of the manifest that DVC writes of a directory, with the MD5 of every file.
  case dvcDirectory = "dvc-dir"
  /// The same with the MD5 that DVC computed before version 3.
  case dvcDirectoryDos2unix = "dvc-dir-dos2unix"

  /// The algorithm of the outermost digest.
  public var algorithm: DigestAlgorithm {
    switch self {
    case .directory1, .schema1: .sha256
    case .gitBlob: .sha1
    case .dos2unix, .dvcDirectory, .dvcDirectoryDos2unix: .md5
    }
  }
}

/// An algorithm and a value: `sha256:9f…`, with lower-case hexadecimal digits.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
  public let algorithm: DigestAlgorithm
  public let hex: String
  public let definition: DigestDefinition?

  /// Takes digits that are known to be lower-case hexadecimal of the algorithm's length.
  public init(algorithm: DigestAlgorithm, hex: String, definition: DigestDefinition? = nil) {
    self.algorithm = algorithm
    self.hex = hex
    self.definition = definition
  }

  /// Reads `sha256:9F…`, `repro-audit/directory/1:sha256:9f…` or bare digits, whose length names the algorithm.
  ///
  /// Returns nil for anything else, so that a malformed claim is told apart from a wrong one.
  public init?(text: some StringProtocol, assumed: DigestAlgorithm? = nil) {
    if let plain = Self.plainSHA256(text), assumed == nil || assumed == .sha256 {
      self.init(algorithm: .sha256, hex: plain)
      return
    }
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    var definition: DigestDefinition?
    if parts.count == 3 {
      guard let named = DigestDefinition(rawValue: String(parts.removeFirst())) else { return nil }
      definition = named
    }
    guard let hexPart = parts.popLast() else { return nil }
    let hex = hexPart.lowercased()
    guard hex.utf8.allSatisfy(Self.isHexDigit) else { return nil }
    let named: DigestAlgorithm?
    switch parts.count {
    case 0: named = assumed ?? DigestAlgorithm(hexLength: hex.utf8.count)
    case 1: named = DigestAlgorithm(spelling: parts[parts.startIndex])
    default: return nil
    }
    guard let algorithm = named, hex.utf8.count == algorithm.hexLength else { return nil }
    self.init(algorithm: algorithm, hex: hex, definition: definition)
  }

  public var description: String {
    let plain = "\(algorithm.rawValue):\(hex)"
    return definition.map { "\($0.rawValue):\(plain)" } ?? plain
  }

  /// The digits of `sha256:<64 lower-case digits>` or of the digits alone, which nearly every claim is.
  private static func plainSHA256(_ text: some StringProtocol) -> String? {
    let length = text.utf8.count
    guard length == 64 || length == 71 && text.utf8.starts(with: "sha256:".utf8) else { return nil }
    var digits = String(text)
    if length == 71 { digits.removeFirst(7) }
    let areDigits = digits.withUTF8 { $0.allSatisfy(isHexDigit) }
    return areDigits ? digits : nil
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
