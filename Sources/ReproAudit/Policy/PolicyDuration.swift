/// A length of time as a policy writes it: `12h`, `30d`, `2w`, `1w3d`.
public struct PolicyDuration: Sendable, Hashable {
  public static let example = "a duration such as 12h, 30d or 2w"

  /// A thousand years: no policy means more, and sums of such stay far from any limit.
  private static let longest = 1000 * 366 * 86_400
  private static let units: [Character: Int] = [
    "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400,
  ]

  public let seconds: Int

  /// Reads whole numbers with a unit behind each: seconds, minutes, hours, days, weeks, years of 365 days.
  public init?(_ text: String) {
    var total = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        guard let unit = Self.units[character], let count = Int(digits) else { return nil }
        let (product, overflows) = count.multipliedReportingOverflow(by: unit)
        guard !overflows, product <= Self.longest - total else { return nil }
        total += product
        digits = ""
      }
    }
    guard !text.isEmpty, digits.isEmpty else { return nil }
    seconds = total
  }

  /// With the largest unit that needs no other, as `init` reads it.
  static func text(seconds: Int) -> String {
    let unit = units.filter { seconds % $0.value == 0 && seconds >= $0.value }.max { $0.value < $1.value }
    return unit.map { "\(seconds / $0.value)\($0.key)" } ?? "\(seconds)s"
  }

  var text: String { Self.text(seconds: seconds) }
}
