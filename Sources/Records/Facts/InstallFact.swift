/// Something that a Dockerfile's command installs.
public struct InstallFact: Sendable, Hashable {
  /// `pip`, `uv`, `conda`, `apt` (any system package manager) or `script`.
  public let tool: String
  /// Nil when there is none: a script, a local folder.
  public let name: String?
  public let text: String
  public let pin: String
  public let pinned: Bool
  public let path: String?
  public let line: Int?

  public init(tool: String, name: String?, text: String, pin: String, pinned: Bool, path: String?, line: Int?) {
    self.tool = tool
    self.name = name
    self.text = text
    self.pin = pin
    self.pinned = pinned
    self.path = path
    self.line = line
  }
}
