import Dispatch

/// Writes suites on another thread, in order, while the next ones are put together.
///
/// Everything behind `queue` is touched there alone, until `finish` has waited for it: hence the promise to the compiler.
final class JUnitSuiteQueue: @unchecked Sendable {
  private let queue = DispatchQueue(label: "junit suites")
  /// Each suite holds some megabytes: few wait.
  private let places = DispatchSemaphore(value: 2)
  private let writer: JUnitSuiteWriter
  private var summary = JUnitSummary()
  private var error: (any Error)?

  /// `writer` stands behind the start of its document.
  init(_ writer: JUnitSuiteWriter) {
    self.writer = writer
    summary.elements = 1
  }

  /// Hands a suite over; an error in writing it shows in `finish`, and nothing is written after it.
  func add(_ suite: JUnitSuite) {
    places.wait()
    queue.async { [self] in
      defer { places.signal() }
      guard error == nil else { return }
      do {
        try writer.write(suite, id: summary.suites)
        summary.count(suite, properties: writer.properties.count)
      } catch {
        self.error = error
      }
    }
  }

  /// Waits for what was handed over; throws what went wrong.
  func finish() throws -> JUnitSummary {
    try queue.sync {
      if let error { throw error }
      return summary
    }
  }
}
