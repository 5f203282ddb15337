/// A container image reference, by the grammar of distribution/reference.
package struct ImageReference: Sendable, Hashable {
  /// With the default registry made explicit.
  package let registry: String
  /// With `library/` made explicit on the default registry.
  package let repository: String
  package let tag: String?
  package let digest: String?

  /// Why a text is no image reference.
  package struct Mistake: Error, Sendable, Hashable {
    package let message: String
  }

  package init(parsing text: String) throws(Mistake) {
    var rest = text[...]
    var digest: String?
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
      guard let digest, Self.isDigest(digest) else { throw Mistake(message: "the digest is malformed") }
    }
    var tag: String?
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
      guard let tag, tag.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.\-]{0,127}/) != nil else {
        throw Mistake(message: "the tag is malformed")
      }
    }
    var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    var registry = "docker.io"
    var isExplicit = false
    if parts.count > 1, let first = parts.first,
      first.contains(".") || first.contains(":") || first == "localhost" || first.lowercased() != first
    {
      let domain =
        /([A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(:[0-9]+)?/
      isExplicit = true
      if first.wholeMatch(of: domain) != nil {
        registry = first == "index.docker.io" ? "docker.io" : String(first)
        parts.removeFirst()
      } else {
        // `do_main.io/x` names no host, and Docker reads it as a name without a registry.
        registry = ""
      }
    }
    let component = /[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*/
    guard !parts.isEmpty, parts.allSatisfy({ $0.wholeMatch(of: component) != nil }) else {
      throw Mistake(message: "the name is malformed; it is lower case")
    }
    let repository = parts.joined(separator: "/")
    guard repository.utf8.count <= 255 else { throw Mistake(message: "the name is longer than 255 characters") }
    if parts.count == 1, !isExplicit, tag == nil, digest == nil, repository.wholeMatch(of: /[0-9a-f]{64}/) != nil {
      throw Mistake(message: "an image id is no name")
    }
    self.registry = registry
    self.repository = registry == "docker.io" && parts.count == 1 ? "library/\(repository)" : repository
    self.tag = tag
    self.digest = digest
  }
}

extension ImageReference {
  /// The algorithms that registries know, each with its number of lower-case digits.
  private static func isDigest(_ text: String) -> Bool {
    let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = lengths[String(parts[0])], parts[1].utf8.count == length else { return false }
    return parts[1].utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 >= 97 && $0 <= 102 }
  }
}

/// How firmly an image reference is tied to one image.
package enum ImagePin: String, Sendable, CaseIterable {
  case digest
  /// A full version tag: it can be moved, and seldom is.
  case version
  /// A partial version, `latest`, or a word that moves.
  case floating
  /// No tag at all.
  case none
  case invalid
}

extension ImageReference {
  /// The pin of a reference's text.
  package static func pin(of text: String) -> ImagePin {
    guard let reference = try? ImageReference(parsing: text) else { return .invalid }
    if reference.digest != nil { return .digest }
    guard let tag = reference.tag else { return .none }
    return isFullVersion(tag) ? .version : .floating
  }

  /// Three numbers (`3.10.13-slim`), a date, or a commit.
  private static func isFullVersion(_ tag: String) -> Bool {
    tag.firstMatch(of: /(^|[^0-9.])v?[0-9]+\.[0-9]+\.[0-9]+/) != nil
      || tag.firstMatch(of: /(^|[^0-9])(19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9]([^0-9]|$)/) != nil
      || tag.wholeMatch(of: /(sha-|git-)?[0-9a-f]{7,64}/) != nil && tag.contains(where: \.isNumber)
  }
}
