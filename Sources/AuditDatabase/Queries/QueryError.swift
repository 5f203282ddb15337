/// Why a query over the facts was refused or ended; `offset` is the byte of its SQL where that stands, if it is known.
package struct QueryError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// Never run: it does not parse, or asks for more than reading views.
    case refused
    /// Stopped at a limit.
    case timedOut, tooLarge
    /// Went wrong while it ran.
    case failed
  }

  package let kind: Kind
  package let message: String
  package let offset: Int?

  package init(_ kind: Kind, _ message: String, offset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }

  package var description: String { message }
}

/// What one query over the facts may use.
package struct QueryLimits: Sendable, Hashable {
  package var seconds: Int
  /// Of one text, blob or row, in bytes: functions over a text cannot be interrupted, so long ones must not exist.
  package var textBytes: Int
  /// By how much the process may grow, and how much it may write, while the query runs alone; nil when others run too.
  package var memoryBytes: Int?
  package var writtenBytes: Int?

  /// Our own rules were measured; only a clock stops them.
  package static func builtInRule(seconds: Int) -> QueryLimits { QueryLimits(seconds: seconds, textBytes: 256 << 20) }

  /// For a rule that a policy names.
  package static func ownRule(seconds: Int) -> QueryLimits {
    QueryLimits(seconds: seconds, textBytes: 1 << 20, memoryBytes: 1 << 30, writtenBytes: 8 << 30)
  }

  /// For what people type.
  package static func query(seconds: Int) -> QueryLimits {
    QueryLimits(seconds: seconds, textBytes: 16 << 20, memoryBytes: 1 << 30, writtenBytes: 8 << 30)
  }
}
