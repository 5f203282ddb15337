/// A version of a Python package, by PEP 440.
package struct PythonPackageVersion: Sendable, Hashable {
  /// What the letters of a version stand for, in the order in which they come.
  package enum Phase: String, Sendable, CaseIterable {
    case dev, alpha = "a", beta = "b", candidate = "rc", post
  }

  /// `a1`, `b2` or `rc3`.
  package struct Prerelease: Sendable, Hashable {
    package let phase: Phase
    package let number: VersionNumber
  }

  /// One piece of a local label.
  package enum Label: Sendable, Hashable {
    case text(String)
    case number(VersionNumber)
  }

  /// Python refuses longer numbers, and so does everything that installs.
  private static let longestNumber = 4300

  package let epoch: VersionNumber
  /// At least one number.
  package let release: [VersionNumber]
  package let pre: Prerelease?
  package let post: VersionNumber?
  package let dev: VersionNumber?
  /// Empty without a local label.
  package let local: [Label]

  /// Nil when the text, without the white space around it, is no version.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    var cursor = ByteCursor(bytes, PythonWhitespace.trim(bytes, 0..<bytes.count))
    guard let found = VersionScanner(&cursor, allowing: .version), cursor.isAtEnd else { return nil }
    self.init(found, bytes)
  }

  /// Nil when a number has more digits than Python reads.
  init?(_ found: VersionScanner, _ bytes: [UInt8]) {
    let ranges =
      found.release + [found.epoch, found.pre?.number, found.post, found.dev].compactMap { $0 }
    guard ranges.allSatisfy({ $0.count <= Self.longestNumber }) else { return nil }
    func number(_ range: Range<Int>) -> VersionNumber { VersionNumber(bytes[range]) }
    epoch = found.epoch.map(number) ?? .zero
    release = found.release.map(number)
    pre = found.pre.map { Prerelease(phase: $0.phase, number: number($0.number)) }
    post = found.post.map(number)
    dev = found.dev.map(number)
    guard let label = found.local else {
      local = []
      return
    }
    local = bytes[label].split(whereSeparator: ASCII.isSeparator).map { piece in
      piece.allSatisfy(ASCII.isDigit)
        ? .number(VersionNumber(piece)) : .text(String(decoding: piece.map(ASCII.lower), as: UTF8.self))
    }
  }

  /// Whether it comes before a release: alpha, beta, candidate or development.
  package var isPrerelease: Bool { pre != nil || dev != nil }

  package var isPostrelease: Bool { post != nil }

  /// The normal spelling without the local label.
  package var publicText: String {
    var text = epoch == .zero ? "" : "\(epoch)!"
    text += release.map(\.description).joined(separator: ".")
    if let pre { text += pre.phase.rawValue + pre.number.description }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    return text
  }

  /// The one normal spelling of a version, as PEP 440 gives it; two versions that are equal may still differ in zeros.
  package var canonical: String {
    local.isEmpty ? publicText : publicText + "+" + localText
  }

  package var localText: String {
    local.map { label in
      switch label {
      case .text(let text): text
      case .number(let number): number.description
      }
    }.joined(separator: ".")
  }
}

extension PythonPackageVersion: Comparable {
  package static func == (left: PythonPackageVersion, right: PythonPackageVersion) -> Bool {
    !(left < right) && !(right < left)
  }

  package static func < (left: PythonPackageVersion, right: PythonPackageVersion) -> Bool {
    left.order(to: right, withLocal: true) < 0
  }

  /// Equal versions hash alike, though their zeros differ.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    for number in significant { hasher.combine(number) }
    hasher.combine(pre)
    hasher.combine(post)
    hasher.combine(dev)
    hasher.combine(local)
  }

  /// The release without the zeros at its end.
  private var significant: ArraySlice<VersionNumber> {
    var numbers = release[...]
    while numbers.last == .zero { numbers.removeLast() }
    return numbers
  }

  /// The release with the epoch in front, without suffixes.
  func hasSameBase(as other: PythonPackageVersion) -> Bool {
    epoch == other.epoch && significant == other.significant
  }

  /// Below 0 when it comes before the other, above 0 when behind.
  func order(to other: PythonPackageVersion, withLocal: Bool) -> Int {
    if let order = Self.order(epoch, other.epoch) { return order }
    for (mine, theirs) in zip(significant, other.significant) {
      if let order = Self.order(mine, theirs) { return order }
    }
    if significant.count != other.significant.count { return significant.count < other.significant.count ? -1 : 1 }
    if let order = Self.order(preRank, other.preRank) { return order }
    if let pre, let theirs = other.pre, let order = Self.order(pre.number, theirs.number) { return order }
    // No post release comes before one, no development release behind one.
    if (post == nil) != (other.post == nil) { return post == nil ? -1 : 1 }
    if let post, let theirs = other.post, let order = Self.order(post, theirs) { return order }
    if (dev == nil) != (other.dev == nil) { return dev == nil ? 1 : -1 }
    if let dev, let theirs = other.dev, let order = Self.order(dev, theirs) { return order }
    return withLocal ? Self.order(local, other.local) : 0
  }

  /// `1.0.dev1` comes before `1.0a1`, and `1.0.post1.dev1` behind `1.0`.
  private var preRank: Int {
    switch pre?.phase {
    case .alpha: 1
    case .beta: 2
    case .candidate: 3
    case nil, .dev, .post: post == nil && dev != nil ? 0 : 4
    }
  }

  private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int? {
    left < right ? -1 : right < left ? 1 : nil
  }

  /// No label first, then text before numbers, and a label before what goes on with more.
  private static func order(_ left: [Label], _ right: [Label]) -> Int {
    for (mine, theirs) in zip(left, right) {
      let found: Int? =
        switch (mine, theirs) {
        case (.text(let mine), .text(let theirs)): order(mine, theirs)
        case (.number(let mine), .number(let theirs)): order(mine, theirs)
        case (.text, .number): -1
        case (.number, .text): 1
        }
      if let found { return found }
    }
    return left.count - right.count
  }
}
