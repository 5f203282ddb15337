import Records

extension PageFacts {
  /// What one complete scan found.
  package struct TrendPoint: Sendable, Hashable {
    package let now: String
    package let findings: [Severity: Int]
    /// How many checks of files came to which verdict.
    package let checks: [CheckVerdict: Int]
    package let files: Int
    package let bytes: Int64

    package init(now: String, findings: [Severity: Int], checks: [CheckVerdict: Int], files: Int, bytes: Int64) {
      self.now = now
      self.findings = findings
      self.checks = checks
      self.files = files
      self.bytes = bytes
    }

    /// Checks in which a file was held against a digest on record, of a hundred; nil when there was nothing to check.
    var coverage: Int? {
      let all = checks.values.reduce(0, +)
      let held = checks.reduce(0) { sum, check in
        let isHeld = check.key != .unclaimed && Wording.check(check.key).outcome != .unverified
        return sum + (isHeld ? check.value : 0)
      }
      // Rounded down: a hundred means all.
      return all > 0 ? held * 100 / all : nil
    }
  }
}

extension ReportPage {
  /// Scans one after the other.
  struct Trend: Sendable {
    let charts: [Chart]
    /// The newest first.
    let rows: [Row]

    struct Chart: Sendable {
      let title: String
      /// The last value in words: `85 errors, 33 warnings, 11 notes`.
      let last: String
      /// Raw: our own writer made it.
      let svg: String
    }

    struct Row: Sendable {
      let time: String
      let errors: String
      let warnings: String
      let notes: String
      /// `63 %`, or a dash.
      let coverage: String
      let files: String
      let bytes: String
    }
  }
}

extension PageBuilder {
  var trend: ReportPage.Trend? {
    guard facts.trend.count > 1, let last = facts.trend.last else { return nil }
    let points = facts.trend
    let severities = Severity.allCases.reversed()
    let findings = severities.map { severity in
      TrendSVG.Line(name: "severity-\(severity.rawValue)", values: points.map { Double($0.findings[severity] ?? 0) })
    }
    let words = severities.map { Figures.count(last.findings[$0] ?? 0, $0.rawValue) }.joined(separator: ", ")
    // Where there was nothing to check there is no share to draw; the table has a dash.
    let shares = points.compactMap { $0.coverage.map(Double.init) }
    let coverage = shares.count == points.count ? [TrendSVG.Line(name: "coverage", values: shares)] : []
    let bytes = TrendSVG.Line(name: "bytes", values: points.map { Double($0.bytes) })
    return ReportPage.Trend(
      charts: [
        chart("Findings", words, findings),
        chart("Held against a digest", Self.percent(last.coverage), coverage, most: 100),
        chart("Hashed", Figures.bytes(last.bytes), [bytes]),
      ],
      rows: points.reversed().map { point in
        ReportPage.Trend.Row(
          time: Figures.time(point.now), errors: Figures.count(point.findings[.error] ?? 0),
          warnings: Figures.count(point.findings[.warning] ?? 0), notes: Figures.count(point.findings[.note] ?? 0),
          coverage: Self.percent(point.coverage), files: Figures.count(point.files), bytes: Figures.bytes(point.bytes))
      })
  }

  private func chart(
    _ title: String, _ last: String, _ lines: [TrendSVG.Line], most: Double? = nil
  ) -> ReportPage.Trend.Chart {
    ReportPage.Trend.Chart(title: title, last: last, svg: TrendSVG(lines: lines, most: most).text)
  }

  private static func percent(_ value: Int?) -> String { value.map { "\($0) %" } ?? "–" }
}
