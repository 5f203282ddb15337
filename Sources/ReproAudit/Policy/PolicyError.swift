/// One mistake in a policy or in a file that it names.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String
  public let line: Int?
  public let message: String

  public init(path: String, line: Int?, message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  public var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}

/// Why a policy cannot be used: every mistake that was found; the scan does not start.
public struct PolicyErrors: Error, Sendable, Hashable, CustomStringConvertible {
  private static let most = 20

  public let mistakes: [PolicyError]

  init(_ mistakes: [PolicyError]) { self.mistakes = mistakes }

  public var description: String { lines.joined(separator: "\n") }

  /// One a mistake, no more than a person reads.
  public var lines: [String] {
    var lines = mistakes.prefix(Self.most).map(\.description)
    if mistakes.count > Self.most { lines.append("… and \(mistakes.count - Self.most) more") }
    return lines
  }
}
