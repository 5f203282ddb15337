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
      guard let digest, ImageGrammar.isDigest(digest) else { throw Mistake(message: "the digest is malformed") }
    }
    var tag: String?
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
      guard let tag, ImageGrammar.isTag(tag) else { throw Mistake(message: "the tag is malformed") }
    }
    var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    var registry = "docker.io"
    var isExplicit = false
    if parts.count > 1, let first = parts.first,
      first.contains(".") || first.contains(":") || first == "localhost" || first.lowercased() != first
    {
      isExplicit = true
      if ImageGrammar.isDomain(first) {
        registry = first == "index.docker.io" ? "docker.io" : String(first)
        parts.removeFirst()
      } else {
        // `do_main.io/x` names no host, and Docker reads it as a name without a registry.
        registry = ""
      }
    }
    guard !parts.isEmpty, parts.allSatisfy(ImageGrammar.isComponent) else {
      throw Mistake(message: "the name is malformed; it is lower case")
    }
    let repository = parts.joined(separator: "/")
    guard repository.utf8.count <= 255 else { throw Mistake(message: "the name is longer than 255 characters") }
    let isID = repository.utf8.count == 64 && repository.utf8.allSatisfy(ImageGrammar.isLowerHex)
    if parts.count == 1, !isExplicit, tag == nil, digest == nil, isID {
      throw Mistake(message: "an image id is no name")
    }
    self.registry = registry
    self.repository = registry == "docker.io" && parts.count == 1 ? "library/\(repository)" : repository
    self.tag = tag
    self.digest = digest
  }
}
