/// Why a line could not be understood.
package struct PinProblem: Sendable, Hashable {
  package let message: String
  package let path: String
  package let line: Int?
  /// Whether a requirement has no digest in a file that gives digests: it was read, and pip refuses it.
  package let isMissingHash: Bool

  package init(message: String, path: String, line: Int?, isMissingHash: Bool = false) {
    self.message = message
    self.path = path
    self.line = line
    self.isMissingHash = isMissingHash
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
