/// A conda package by its URL or path: `https://…/linux-64/numpy-1.26.4-py310_0.conda#<digest>`.
struct CondaPackageURL {
  /// Without the digest.
  let url: String
  /// MD5 or SHA-256 in hexadecimal digits; nil when there is none.
  let digest: String?
  /// Whether it lies in such a folder under a name that is not `name-version-build`.
  let isMisnamed: Bool
  /// Whether `#` is followed by something that is no digest.
  let hasUnknownFragment: Bool
  /// Nil when it does not lie in a channel's folder for a platform: conda believes only such names.
  let parts: (name: String, version: String, build: String)?

  /// Nil when the text names no package file.
  init?(_ text: String) {
    let pieces = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let url = pieces.first?.trimmed, let stem = Self.stem(of: url[...]) else { return nil }
    // `numpy >=1.conda` is no file; a URL may have spaces in its folders.
    if let space = url.firstIndex(where: \.isWhitespace), url[..<space].firstRange(of: "://") == nil { return nil }
    self.url = url
    digest = pieces.count > 1 ? Self.digest(pieces[1]) : nil
    hasUnknownFragment = pieces.count > 1 && digest == nil
    let folder = url.split(separator: "/").dropLast().last
    let isInChannel = folder.map(Self.isPlatform) ?? false
    parts = isInChannel ? Self.parts(stem: stem) : nil
    isMisnamed = isInChannel && parts == nil
  }

  var spec: CondaMatchSpec {
    CondaMatchSpec(
      name: parts?.name ?? "*", version: parts?.version, build: parts?.build, url: url, digest: digest)
  }

  /// The file's name without its ending.
  private static func stem(of url: Substring) -> Substring? {
    let file = url.split(separator: "/").last ?? url
    for ending in [".tar.bz2", ".conda"] where file.hasSuffix(ending) && file.utf8.count > ending.utf8.count {
      return file.dropLast(ending.count)
    }
    return nil
  }

  private static func digest(_ fragment: Substring) -> String? {
    var body = fragment.trimmed
    for prefix in ["sha256:", "sha256=", "md5:", "md5="] where body.hasPrefix(prefix) {
      body = String(body.dropFirst(prefix.count))
    }
    return (body.utf8.count == 32 || body.utf8.count == 64) && LockText.isHexText(body) ? body : nil
  }

  private static func parts(stem: Substring) -> (name: String, version: String, build: String)? {
    let fields = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count >= 3, !fields.contains("") else { return nil }
    let name = fields.dropLast(2).joined(separator: "-").lowercased()
    return (name, decoded(fields[fields.count - 2]), decoded(fields[fields.count - 1]))
  }

  private static func isPlatform(_ folder: Substring) -> Bool {
    if folder == "noarch" { return true }
    let system = folder.prefix { $0 != "-" }
    return folder.contains("-")
      && ["linux", "osx", "win", "freebsd", "zos", "emscripten", "wasi", "netbsd", "openbsd"].contains(system)
  }

  /// `1%21164.3095` is `1!164.3095`; file names escape nothing else.
  private static func decoded(_ text: Substring) -> String {
    String(text).replacing("%21", with: "!").replacing("%2B", with: "+").replacing("%2b", with: "+")
  }
}
