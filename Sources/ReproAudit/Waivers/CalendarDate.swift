/// A day in UTC, as people write it in a policy: `2026-06-30`.
struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  let year: Int
  let month: Int
  let day: Int

  /// Reads ten characters, four digits, two and two; nil for anything else, and for a day that no month has.
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      guard bytes[range].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
      return Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1,
      (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The day `months` later; the last of the month where it has no such day.
  func adding(months: Int) -> CalendarDate {
    let total = year * 12 + (month - 1) + months
    let (year, month) = (total / 12, total % 12 + 1)
    return CalendarDate(year: year, month: month, day: min(day, Self.days(in: month, of: year)))
  }

  /// The day `days` later; no later than the year 9999, which texts of dates end with.
  func adding(days: Int) -> CalendarDate {
    Self.last.number - number < days ? Self.last : Self(number: number + days)
  }

  /// Days from `other` to this one; negative when it is earlier.
  func days(since other: CalendarDate) -> Int { number - other.number }

  private static let last = CalendarDate(year: 9999, month: 12, day: 31)

  /// Days since 1 March of the year 0, in which leap days come last: whole years and months are then sums.
  private var number: Int {
    let months = (month + 9) % 12
    let years = year - months / 10
    return 365 * years + years / 4 - years / 100 + years / 400 + (months * 306 + 5) / 10 + day - 1
  }

  private init(number: Int) {
    var year = (10_000 * number + 14_780) / 3_652_425
    func rest(_ year: Int) -> Int { number - (365 * year + year / 4 - year / 100 + year / 400) }
    if rest(year) < 0 { year -= 1 }
    let months = (100 * rest(year) + 52) / 3060
    self.init(
      year: year + (months + 2) / 12, month: (months + 2) % 12 + 1, day: rest(year) - (months * 306 + 5) / 10 + 1)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
