/// A place that says which Python an environment runs.
public struct PythonFact: Sendable, Hashable {
  /// What says so.
  public enum Source: String, Sendable, CaseIterable {
    /// The run's record.
    case record
    /// A file beside it: `.python-version`, `environment.yml`, a lock file.
    case file
    /// The name of a container image.
    case image
  }

  public let source: Source
  /// As written.
  public let text: String
  /// `3.10.13`, when it is exact.
  public let version: String?
  /// Whether it is a range of versions that would do, such as `>=3.9`.
  public let isRange: Bool
  public let path: String?
  public let line: Int?

  public init(source: Source, text: String, version: String?, isRange: Bool, path: String?, line: Int?) {
    self.source = source
    self.text = text
    self.version = version
    self.isRange = isRange
    self.path = path
    self.line = line
  }
}
