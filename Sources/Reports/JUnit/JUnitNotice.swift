/// A limit of a consumer that a written report exceeds: the report is whole, but somebody may not take it.
package enum JUnitNotice: Sendable, Hashable, CustomStringConvertible {
  case tooManyElements(path: String, count: Int)
  case tooManyBytes(path: String, count: Int)
  /// All files together.
  case tooManyBytesTogether(path: String, count: Int)

  /// GitLab refuses more.
  static let elementLimit = 250_000
  static let byteLimit = 30_000_000
  static let totalByteLimit = 100_000_000

  package var description: String {
    switch self {
    case .tooManyElements(let path, let count):
      "\(path): \(count) XML elements, GitLab takes 250000: write a directory with --junit \(path)/"
    case .tooManyBytes(let path, let count):
      "\(path): \(Self.megabytes(count)) MB, GitLab takes 30 MB a file: write a directory with --junit \(path)/"
    case .tooManyBytesTogether(let path, let count):
      "\(path): \(Self.megabytes(count)) MB in all, GitLab takes 100 MB a job: fold with --junit-granularity subject"
    }
  }

  private static func megabytes(_ count: Int) -> Int { (count + 999_999) / 1_000_000 }
}

/// What a JUnit report came to.
package struct JUnitSummary: Sendable, Hashable {
  package internal(set) var suites = 0
  package internal(set) var cases = 0
  package internal(set) var failures = 0
  package internal(set) var errors = 0
  package internal(set) var skipped = 0
  package internal(set) var elements = 0
  package internal(set) var bytes = 0
  /// Worth telling the user.
  package internal(set) var notices: [JUnitNotice] = []

  mutating func count(_ suite: JUnitSuite, properties: Int) {
    suites += 1
    cases += suite.cases.count
    failures += suite.failures
    errors += suite.errors
    skipped += suite.skipped
    elements += suite.elements(properties: properties)
  }
}
