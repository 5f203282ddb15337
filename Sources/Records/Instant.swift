/// A moment that a record states, in UTC and whole seconds.
///
/// People and tools write ISO 8601 in many ways; what has no zone is taken for UTC, a date alone for its first second.
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Since 1970-01-01T00:00:00Z.
  public let seconds: Int

  /// Reads `2025-06-10T10:12:00Z`, a blank for the `T`, fractions, offsets (`+02:00`, `+0200`, `+02`), the basic form
  /// `20250610T101200Z`, a date, and seconds or milliseconds since 1970; nil for anything else.
  public init?(_ text: String) {
    var reader = Reader(text)
    if let seconds = Self.epoch(text) ?? reader.instant(), Self.range.contains(seconds) {
      self.seconds = seconds
    } else {
      return nil
    }
  }

  /// The moment so many seconds after 1970 began; nil outside of the years 1 to 9999.
  public init?(seconds: Int) {
    guard Self.range.contains(seconds) else { return nil }
    self.seconds = seconds
  }

  /// RFC 3339, such as `2025-06-10T10:12:00Z`; as texts these sort as the moments do.
  public var description: String {
    let day = seconds.quotient(by: 86_400)
    let time = seconds - day * 86_400
    let (year, month, date) = Self.civil(day)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let digits = "\(year)"
    return String(repeating: "0", count: 4 - digits.count) + digits
      + "-\(two(month))-\(two(date))T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
  }

  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  /// The years 1 to 9999.
  private static let range = days(1, 1, 1) * 86_400..<days(10_000, 1, 1) * 86_400

  /// Ten digits are seconds until 2286, thirteen are milliseconds; fewer could be a date or a count.
  private static func epoch(_ text: String) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.dropFirst().allSatisfy({ $0.utf8.allSatisfy(isDigit) && !$0.isEmpty }),
      whole.utf8.allSatisfy(isDigit), let value = Int(whole)
    else { return nil }
    switch whole.utf8.count {
    case 10: return value
    case 13: return value / 1000
    default: return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// Days since 1970 of a date in the Gregorian calendar (Howard Hinnant's algorithm).
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.quotient(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.quotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Instant {
  /// Takes an ISO 8601 text apart from the left.
  private struct Reader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text.utf8[...] }

    mutating func instant() -> Int? {
      guard let day = date() else { return nil }
      if rest.isEmpty { return day * 86_400 }
      guard take("T") || take("t") || take(" ") || take("_"), let time = time(), let offset = zone(), rest.isEmpty
      else {
        return nil
      }
      return day * 86_400 + time - offset
    }

    private mutating func date() -> Int? {
      guard let year = number(4), year > 0 else { return nil }
      let separated = take("-")
      guard let month = number(2), (1...12).contains(month), !separated || take("-"), let day = number(2) else {
        return nil
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
      return (1...length).contains(day) ? Instant.days(year, month, day) : nil
    }

    private mutating func time() -> Int? {
      guard let hour = number(2), hour < 24 else { return nil }
      let separated = take(":")
      guard let minute = number(2), minute < 60 else { return nil }
      var second = 0
      if separated ? take(":") : rest.first.map(Instant.isDigit) ?? false {
        // A leap second is the last of its minute.
        guard let value = number(2), value <= 60 else { return nil }
        second = min(value, 59)
        if take(".") || take(",") {
          let digits = rest.prefix(while: Instant.isDigit)
          guard !digits.isEmpty else { return nil }
          rest = rest.dropFirst(digits.count)
        }
      }
      return hour * 3600 + minute * 60 + second
    }

    /// Seconds east of UTC.
    private mutating func zone() -> Int? {
      while take(" ") {}
      if rest.isEmpty || take("Z") || take("z") || take("UTC") || take("GMT") { return 0 }
      let sign = take("+") ? 1 : take("-") ? -1 : 0
      guard sign != 0, let hours = number(2), hours < 24 else { return nil }
      if rest.isEmpty { return sign * hours * 3600 }
      _ = take(":")
      guard let minutes = number(2), minutes < 60 else { return nil }
      return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func number(_ count: Int) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy(Instant.isDigit) else { return nil }
      rest = rest.dropFirst(count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private mutating func take(_ text: String) -> Bool {
      guard rest.starts(with: text.utf8) else { return false }
      rest = rest.dropFirst(text.utf8.count)
      return true
    }
  }
}

extension Int {
  /// Rounded towards minus infinity.
  fileprivate func quotient(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
