/// One requirement line.
public struct RequirementFact: Sendable, Hashable {
  /// Normalised; nil when the line could not be parsed.
  public let name: String?
  public let text: String
  public let pin: String
  public let pinned: Bool
  public let hashed: Bool
  public let path: String?
  public let line: Int?

  public init(
    name: String?, text: String, pin: String, pinned: Bool, hashed: Bool, path: String?, line: Int?
  ) {
    self.name = name
    self.text = text
    self.pin = pin
    self.pinned = pinned
    self.hashed = hashed
    self.path = path
    self.line = line
  }
}
