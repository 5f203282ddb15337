/// What conda is asked for: `channel/subdir::name version build[key=value]`, or a package's URL.
///
/// Held to conda's own parser: `numpy=1.26` is any 1.26, `numpy==1.26.4` and `numpy=1.26.4=py310_0` are one version.
package struct CondaMatchSpec: Sendable, Hashable {
  /// Lower case; `*` when the spec fits every package or tells none.
  package let name: String
  package let channel: String?
  /// As conda holds it: `1.26.*` for `=1.26`, `1.26.4` for `==1.26.4`.
  package let version: String?
  package let build: String?
  package let url: String?
  /// Of the package's file, as written: MD5 or SHA-256.
  package let digest: String?

  package init(
    name: String, channel: String? = nil, version: String? = nil, build: String? = nil, url: String? = nil,
    digest: String? = nil
  ) {
    self.name = name
    self.channel = channel
    self.version = version
    self.build = build
    self.url = url
    self.digest = digest
  }

  /// Why a text is no match spec.
  package struct Mistake: Error, Sendable, Hashable {
    package let message: String
  }

  package init(parsing text: String) throws(Mistake) {
    self = try CondaMatchSpecParser.parse(text)
  }

  /// Whether it can be one version only, whatever its builds.
  package var isExact: Bool {
    digest != nil || version.map(CondaVersionSpec.isExact) == true
  }

  /// Whether it can be one build of one version only.
  package var isExactBuild: Bool {
    digest != nil || isExact && build.map { !$0.isEmpty && !$0.utf8.contains(where: CondaVersionSpec.isGlob) } == true
  }

  package var pin: RequirementPin {
    if digest != nil { return url == nil || version != nil ? .hashed : .urlDigest }
    if let url, !LockText.isRemote(url) { return .local }
    if isExact { return .exact }
    if url != nil, version == nil { return .url }
    guard let version, version != "*" else { return .none }
    return CondaVersionSpec.isWildcard(version) ? .wildcard : .range
  }
}
