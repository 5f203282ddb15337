/// A place where a record holds a password, a token or a key; never what it is.
public struct ExposedSecret: Sendable, Hashable {
  public let key: String
  public let path: String
  public let line: Int?

  public init(key: String, path: String, line: Int?) {
    self.key = key
    self.path = path
    self.line = line
  }
}
