import AuditDatabase

/// A requirement as package managers know it: its version, and its package URL.
struct PackageIdentity: Sendable, Hashable {
  /// Nil for what is not pinned to one.
  let version: String?
  /// Nil where no package index is known that has it.
  let url: String?

  /// Where packages of a requirements or lock file come from.
  enum Index: String, Sendable {
    case pypi, conda, cran, julia
  }

  /// `name` is normalised.
  init(_ requirement: VersionMaterials.Requirement, name: String, index: Index) {
    let isFromIndex = ["exact", "hashed"].contains(requirement.pin)
    version = isFromIndex ? Self.version(in: requirement.text) : nil
    let isElsewhere = ["local", "url", "url-digest", "vcs-commit", "vcs-floating", "invalid"].contains(requirement.pin)
    // A julia package URL needs the package's UUID, which the facts do not have.
    guard !isElsewhere, index != .julia else {
      url = nil
      return
    }
    let version = version.map { "@" + Self.escaped($0) } ?? ""
    url = "pkg:\(index.rawValue)/\(Self.escaped(name))\(version)"
  }

  /// What stands behind `==`, `===` or conda's `=` until the next word.
  static func version(in text: String) -> String? {
    guard
      let match = text.firstMatch(
        of: #/^[A-Za-z0-9._-]+\s*(?:\[[^\]]*\])?\s*\(?\s*={1,3}\s*([^\s=,;#()\[\]*]+)(?=$|[\s=,;#)])/#)
    else {
      return nil
    }
    return String(match.1)
  }

  /// By the rules of package URLs: what is not plain stands as `%` and two digits.
  static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
