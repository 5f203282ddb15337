/// Why a line could not be understood.
package struct PinProblem: Sendable, Hashable {
  package let message: String
  package let path: String
  package let line: Int?

  package init(message: String, path: String, line: Int?) {
    self.message = message
    self.path = path
    self.line = line
  }
}

/// What asking for another file gave.
package enum FileLookupResult: Sendable {
  case found([UInt8])
  case missing
  case unreadable(String)
  case refused(String)
}

/// How a parser gets at the files that the one it reads includes.
package struct FileLookup: Sendable {
  package let read: @Sendable (String) -> FileLookupResult

  package init(_ read: @escaping @Sendable (String) -> FileLookupResult) { self.read = read }

  /// Nothing else is there.
  package static let none = FileLookup { _ in .missing }
}
