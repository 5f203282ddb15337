/// The file name of a wheel: `name-version(-build)-python-abi-platform.whl`.
struct WheelName {
  /// In its normal spelling, which is how pip names what a wheel holds.
  let name: String

  init(_ file: ArraySlice<UInt8>) throws(RequirementMistake) {
    let mistake = RequirementMistake(
      "`\(Excerpt.of(file))` is no name of a wheel, `name-version-python-abi-platform.whl`")
    let pieces = PercentCoding.decode(file.dropLast(4)).split(separator: 0x2D, omittingEmptySubsequences: false)
    guard pieces.count == 5 || pieces.count == 6 else { throw mistake }
    // A build has a number in front.
    if pieces.count == 6, pieces[2].first.map(ASCII.isDigit) != true { throw mistake }
    guard !pieces[0].isEmpty, pieces[0].allSatisfy({ ASCII.isWordByte($0) || $0 == 0x2E }) else { throw mistake }
    // In a file name a `_` stands for the `-` of a version.
    let version = pieces[1].map { $0 == 0x5F ? 0x2D : $0 }
    guard PythonPackageVersion(String(decoding: version, as: UTF8.self)) != nil else { throw mistake }
    name = PackageName.normalised(String(decoding: pieces[0], as: UTF8.self))
  }
}
