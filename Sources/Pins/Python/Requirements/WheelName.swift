/// The file name of a wheel: `name-version(-build)-python-abi-platform.whl`.
struct WheelName {
  let name: String

  init(_ file: ArraySlice<UInt8>) throws(RequirementMistake) {
    let pieces = PercentCoding.decode(file.dropLast(4)).split(separator: 0x2D, omittingEmptySubsequences: false)
    guard file.suffix(4).map(ASCII.lower).elementsEqual(".whl".utf8), pieces.count == 5 || pieces.count == 6,
      PackageName.isValid(pieces[0]) || pieces[0].allSatisfy({ ASCII.isWordByte($0) || $0 == 0x2E }),
      !pieces[0].isEmpty, PythonPackageVersion(Self.version(pieces[1])) != nil
    else {
      throw RequirementMistake("`\(Excerpt.of(file))` is no name of a wheel")
    }
    name = PackageName.normalised(String(decoding: pieces[0], as: UTF8.self))
  }

  /// A `_` stands for the `-` of a version.
  private static func version(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
  }
}
