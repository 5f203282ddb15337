extension PythonVersionClause {
  /// Whether its version is a prerelease, so that prereleases are meant.
  var namesPrerelease: Bool { comparison != .different && version?.isPrerelease == true }

  /// Whether the other says the same, perhaps with more zeros: `>1.0` and `>1.0.0`, but not `~=1.0` and `~=1.0.0`.
  func means(_ other: PythonVersionClause) -> Bool {
    guard comparison == other.comparison, isWildcard == other.isWildcard else { return false }
    switch comparison {
    case .identical, .compatible: return text == other.text
    case .equal, .different, .atMost, .atLeast, .below, .above:
      return isWildcard ? text == other.text : version == other.version
    }
  }

  /// Whether a version fits, be it a prerelease or not.
  func contains(_ candidate: PythonPackageVersion) -> Bool {
    if comparison == .identical { return text.lowercased() == candidate.canonical }
    guard let version else { return false }
    switch comparison {
    case .identical: return false
    case .equal: return matches(candidate, version)
    case .different: return !matches(candidate, version)
    case .compatible:
      return candidate.order(to: version, withLocal: false) >= 0
        && candidate.hasPrefix(version.release.dropLast(), epoch: version.epoch)
    case .atMost: return candidate.order(to: version, withLocal: false) <= 0
    case .atLeast: return candidate.order(to: version, withLocal: false) >= 0
    case .below:
      if candidate.order(to: version, withLocal: true) >= 0 { return false }
      // `<3.1` does not mean 3.1's own prereleases.
      let sharesPost = version.post == nil || candidate.post == version.post && candidate.pre == nil
      let isOwn = candidate.hasSameBase(as: version) && sharesPost
      return version.isPrerelease || !candidate.isPrerelease || !isOwn
    case .above:
      if candidate.order(to: version, withLocal: true) <= 0 { return false }
      // `>3.1` means neither 3.1.post1 nor 3.1+local.
      let isOwn = candidate.hasSameBase(as: version) && candidate.pre == version.pre && version.dev == nil
      if isOwn, candidate.isPostrelease, !version.isPostrelease { return false }
      return candidate.order(to: version, withLocal: false) != 0
    }
  }

  private func matches(_ candidate: PythonPackageVersion, _ version: PythonPackageVersion) -> Bool {
    if isWildcard { return candidate.hasPrefix(version.release[...], epoch: version.epoch) }
    // A local label counts only when the specifier names one.
    return candidate.order(to: version, withLocal: !version.local.isEmpty) == 0
  }
}

extension PythonPackageVersion {
  /// Whether its release, with zeros behind it, begins with these numbers.
  func hasPrefix(_ prefix: ArraySlice<VersionNumber>, epoch: VersionNumber) -> Bool {
    self.epoch == epoch
      && prefix.enumerated().allSatisfy { index, number in
        number == (index < release.count ? release[index] : .zero)
      }
  }
}
