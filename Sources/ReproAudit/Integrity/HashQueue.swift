import AuditDatabase
import Synchronization

/// The plan's files, one at a time, for readers on several cores; a page in memory at a time.
final class HashQueue: Sendable {
  private struct State {
    var page: [HashTask] = []
    var next = 0
    var last: Int64 = 0
    var ended = false
  }

  private let plan: HashPlan
  private let budget: ReadingBudget?
  private let state = Mutex(State())

  init(plan: HashPlan, budget: ReadingBudget? = nil) {
    self.plan = plan
    self.budget = budget
  }

  /// The next file to read; nil at the end, and when the budget is spent.
  func next() throws -> HashTask? {
    try state.withLock { state in
      if state.next == state.page.count, !state.ended {
        state.page = try plan.page(after: state.last)
        state.next = 0
        state.ended = state.page.isEmpty
        state.last = state.page.last?.place ?? state.last
      }
      guard state.next < state.page.count else { return nil }
      let task = state.page[state.next]
      if let budget, !budget.admits(task) {
        (state.page, state.next, state.ended) = ([], 0, true)
        return nil
      }
      state.next += 1
      return task
    }
  }
}
