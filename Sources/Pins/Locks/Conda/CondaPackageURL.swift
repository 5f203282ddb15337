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
    let mark = text.utf8.firstIndex(of: UInt8(ascii: "#"))
    let place = text[..<(mark ?? text.endIndex)].utf8
    let url = Self.trimmed(place)
    guard let stem = Self.stem(of: url) else { return nil }
    // `numpy >=1.conda` is no file; a URL may have spaces in its folders.
    if let space = url.firstIndex(of: 0x20), !LockText.hasScheme(Substring(url[..<space])) { return nil }
    self.url = String(Substring(url))
    digest = mark.flatMap { Self.digest(Self.trimmed(text[$0...].utf8.dropFirst())) }
    hasUnknownFragment = mark != nil && digest == nil
    let isInChannel = Self.isInPlatformFolder(url)
    parts = isInChannel ? Self.parts(stem: stem) : nil
    isMisnamed = isInChannel && parts == nil
  }

  var spec: CondaMatchSpec {
    CondaMatchSpec(
      name: parts?.name ?? "*", version: parts?.version, build: parts?.build, url: url, digest: digest)
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var text = text.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0D || last == 0x0A { text.removeLast() }
    return text
  }

  /// The file's name without its ending.
  private static func stem(of url: Substring.UTF8View) -> Substring.UTF8View? {
    let file = url.lastIndex(of: UInt8(ascii: "/")).map { url[$0...].dropFirst() } ?? url
    for ending: StaticString in [".conda", ".tar.bz2"] {
      let count = ending.utf8CodeUnitCount
      if file.count > count, ending.withUTF8Buffer({ file.suffix(count).elementsEqual($0) }) {
        return file.dropLast(count)
      }
    }
    return nil
  }

  private static func digest(_ fragment: Substring.UTF8View) -> String? {
    var body = fragment
    for prefix: StaticString in ["sha256:", "sha256=", "md5:", "md5="]
    where prefix.withUTF8Buffer({ body.starts(with: $0) }) {
      body = body.dropFirst(prefix.utf8CodeUnitCount)
    }
    guard body.count == 32 || body.count == 64 else { return nil }
    let digest = String(Substring(body))
    return LockText.isHexText(digest) ? digest : nil
  }

  /// `numpy-base-1.26.4-py310_0`: the version and the build hold no `-`, the name may.
  private static func parts(stem: Substring.UTF8View) -> (name: String, version: String, build: String)? {
    let dash = UInt8(ascii: "-")
    guard let last = stem.lastIndex(of: dash), let middle = stem[..<last].lastIndex(of: dash) else { return nil }
    let name = stem[..<middle]
    let version = stem[middle..<last].dropFirst()
    let build = stem[last...].dropFirst()
    guard !name.isEmpty, !version.isEmpty, !build.isEmpty else { return nil }
    return (String(Substring(name)).lowercased(), decoded(version), decoded(build))
  }

  private static func isInPlatformFolder(_ url: Substring.UTF8View) -> Bool {
    guard let slash = url.lastIndex(of: UInt8(ascii: "/")) else { return false }
    let before = url[..<slash]
    let folder = before.lastIndex(of: UInt8(ascii: "/")).map { before[$0...].dropFirst() } ?? before
    let name = String(Substring(folder))
    guard let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")) else { return name == "noarch" }
    return platforms.contains(String(name[..<dash]))
  }

  private static let platforms: Set<String> = [
    "linux", "osx", "win", "freebsd", "zos", "emscripten", "wasi", "netbsd", "openbsd",
  ]

  /// `1%21164.3095` is `1!164.3095`; file names escape nothing else.
  private static func decoded(_ text: Substring.UTF8View) -> String {
    let name = String(Substring(text))
    guard name.utf8.contains(UInt8(ascii: "%")) else { return name }
    return name.replacing("%21", with: "!").replacing("%2B", with: "+").replacing("%2b", with: "+")
  }
}
