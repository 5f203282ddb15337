/// Whether a tag names one build or a line of builds.
///
/// | tag | verdict | why |
/// |---|---|---|
/// | `3.10.13`, `v1.2.3`, `3.10.13-slim`, `17.0.9_9-jdk` | full | three numbers |
/// | `12.1.1-cudnn8-runtime-ubuntu22.04` | full | the first part that is a version decides |
/// | `3.10-alpine3.19.1`, `12.1-base`, `22.04`, `v0` | moving | so it does here: patches arrive under the same tag |
/// | `pytorch2.1.0-py310` | full | no part is a bare version, and a name carries three numbers |
/// | `alpine3.19.1`, `bookworm`, `slim`, `latest`, `stable` | moving | names a distribution or a channel |
/// | `20240115`, `2024-01-15`, `jammy-20240111`, `nightly-20240115` | full | a date |
/// | `latest-1.2.3`, `1.2.3-SNAPSHOT` | moving | a channel's name beside the version |
/// | `sha-0a1b2c3`, `main-0a1b2c3`, `0a1b2c3d` | full | a commit |
/// | `9.3-1610`, `8u392-b08`, `full-cuda-b5124` | full | a build number |
struct ImageTag {
  private let parts: [Substring.UTF8View]
  private let whole: String

  init(_ tag: String) {
    whole = tag
    parts = tag[...].utf8.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.map { Substring($0).utf8 }
  }

  /// Channels whose name beside a version says that the version's image is made again.
  private static let channels: Set<String> = [
    "latest", "nightly", "snapshot", "edge", "main", "master", "head", "trunk", "canary", "unstable", "rolling",
    "current", "devel", "develop", "development",
  ]
  /// These say so only in front: `1.2.3-dev` and `1.2.3-stable` are kinds of the release.
  private static let leadingChannels: Set<String> = ["stable", "dev", "lts", "testing", "beta", "alpha", "rc"]
  private static let distributions: Set<String> = [
    "alpine", "ubuntu", "debian", "centos", "rockylinux", "rocky", "almalinux", "fedora", "ubi", "el", "bookworm",
    "bullseye", "buster", "trixie", "focal", "jammy", "noble", "windowsservercore", "nanoserver", "ltsc",
  ]

  var isFullVersion: Bool {
    if isDated || parts.contains(where: Self.isCommit) || hasBuildNumber { return true }
    if isChannel { return false }
    if let version = parts.lazy.compactMap(Self.numbers).first { return version >= 3 }
    return parts.contains { Self.namedNumbers($0) >= 3 }
  }

  /// `24.01-py3`: a year, a month, and what it holds.
  var isMonthlyRelease: Bool {
    guard !isChannel, let first = parts.first, first.count == 5, Self.numbers(first) == 2 else { return false }
    let digits = first.filter(ImageGrammar.isDigit)
    guard digits.count == 4, let month = Int(String(decoding: digits.suffix(2), as: UTF8.self)) else { return false }
    return (1...12).contains(month)
  }

  private var isChannel: Bool {
    for (index, part) in parts.enumerated() {
      let word = String(Substring(part)).lowercased()
      let isLast = index == parts.count - 1
      // `2.1.0-cuda12.1-cudnn8-devel` is a kind of image, `develop` a branch: only the first place makes `devel` move.
      if Self.channels.contains(word), index == 0 || isLast && word != "devel" { return true }
      if index == 0, Self.leadingChannels.contains(word) { return true }
    }
    return false
  }

  /// How many numbers a bare version has: `v1.2.3` three, `3.12.0rc1` three; nil when the part is none.
  private static func numbers(_ part: Substring.UTF8View) -> Int? {
    var rest = part
    if let first = rest.first, first | 0x20 == UInt8(ascii: "v") { rest = rest.dropFirst() }
    guard let first = rest.first, ImageGrammar.isDigit(first) else { return nil }
    var count = 0
    while let byte = rest.first, ImageGrammar.isDigit(byte) {
      count += 1
      rest = rest.drop(while: ImageGrammar.isDigit)
      guard rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first, ImageGrammar.isDigit(next) else {
        break
      }
      rest = rest.dropFirst()
    }
    // `4090ti` is a name that begins with a number; `1.2.x` is a line of versions.
    if count == 1, !rest.isEmpty { return nil }
    return rest.first == UInt8(ascii: ".") && rest.count == 2 ? 2 : count
  }

  /// How many numbers a name carries behind it: `pytorch2.1.0` three; none for a distribution's.
  private static func namedNumbers(_ part: Substring.UTF8View) -> Int {
    let name = part.prefix { !ImageGrammar.isDigit($0) }
    guard !name.isEmpty, !distributions.contains(String(Substring(name)).lowercased()) else { return 0 }
    return numbers(part.dropFirst(name.count)) ?? 0
  }

  /// `20240115`, `2024-01-15`, `2024.01.15`, also in front of a time, anywhere in the tag.
  private var isDated: Bool {
    for (index, part) in parts.enumerated() {
      let digits = part.prefix(while: ImageGrammar.isDigit)
      if digits.count == 8 || digits.count == 12 || digits.count == 14, Self.isDate(digits.prefix(8)) { return true }
      guard digits.count == 4, part.count == 4, index + 2 < parts.count else { continue }
      let month = parts[index + 1]
      let day = parts[index + 2]
      guard month.count == 2, day.count >= 2 else { continue }
      if Self.isDate(
        Substring(String(Substring(part)) + String(Substring(month)) + String(Substring(day).prefix(2))).utf8)
      {
        return true
      }
    }
    return false
  }

  private static func isDate(_ digits: Substring.UTF8View) -> Bool {
    guard digits.count == 8, let date = Int(String(Substring(digits))) else { return false }
    return (1990...2199).contains(date / 10_000) && (1...12).contains(date / 100 % 100) && (1...31).contains(date % 100)
  }

  /// At least seven hexadecimal digits with a figure among them, also behind `g` as `git describe` writes it.
  private static func isCommit(_ part: Substring.UTF8View) -> Bool {
    let body = part.first == UInt8(ascii: "g") ? part.dropFirst() : part
    return (7...64).contains(body.count) && body.allSatisfy(ImageGrammar.isLowerHex)
      && body.contains(where: ImageGrammar.isDigit)
  }

  /// `9.3-1610`, `8u392`, `b5124`, `build123`.
  private var hasBuildNumber: Bool {
    var hasVersion = false
    for part in parts {
      let text = Substring(part)
      if hasVersion, part.count >= 3, part.allSatisfy(ImageGrammar.isDigit) { return true }
      if Self.numbers(part) == 2 { hasVersion = true }
      for name in ["b", "build"] where text.hasPrefix(name) {
        let digits = part.dropFirst(name.utf8.count)
        if digits.count >= 3, digits.allSatisfy(ImageGrammar.isDigit) { return true }
      }
      let update = part.split(separator: UInt8(ascii: "u"), omittingEmptySubsequences: false)
      if update.count == 2, !update[0].isEmpty, update[1].count >= 2,
        update.allSatisfy({ $0.allSatisfy(ImageGrammar.isDigit) })
      {
        return true
      }
    }
    return false
  }
}
