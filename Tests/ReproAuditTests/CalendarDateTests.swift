import Testing

@testable import ReproAudit

@Suite struct CalendarDateTests {
  @Test(arguments: ["2026-06-30", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func `reads days and writes them as they were`(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-6-30", "2026-06-31", "2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
    "20260630", "2026/06/30", "2026-06-30T00:00:00Z", "٢٠٢٦-٠٦-٣٠", "2026-06-3 ", "+026-06-30", "tomorrow",
  ])
  func `takes nothing else for a day`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test(arguments: [
    ("2026-01-01", 180, "2026-06-30"), ("2024-02-28", 2, "2024-03-01"), ("2023-12-31", 1, "2024-01-01"),
    ("2000-02-28", 366, "2001-02-28"), ("1970-01-01", 20_454, "2026-01-01"), ("2026-01-01", 9_999_999, "9999-12-31"),
  ])
  func `counts days over months and leap years`(start: String, days: Int, end: String) throws {
    let first = try #require(CalendarDate(start))
    #expect(first.adding(days: days).description == end)
    if end != "9999-12-31" { #expect(first.adding(days: days).days(since: first) == days) }
  }

  @Test func `every day has its number`() throws {
    var day = try #require(CalendarDate("1996-01-01"))
    for _ in 0..<3000 {
      let next = day.adding(days: 1)
      #expect(next > day && next.days(since: day) == 1 && CalendarDate(next.description) == next)
      day = next
    }
    #expect(day.description == "2004-03-19")
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2026-11-30", 3, "2027-02-28"), ("2024-02-29", 12, "2025-02-28"),
    ("2026-12-15", 1, "2027-01-15"),
  ])
  func `a month later is no later than its last day`(start: String, months: Int, end: String) {
    #expect(CalendarDate(start)?.adding(months: months).description == end)
  }
}
