/// A place where a container image is named.
public struct ImageFact: Sendable, Hashable {
  /// What the image is to the run.
  public enum Role: String, Sendable, CaseIterable {
    /// The image the run used, by its record.
    case run
    /// A Dockerfile's FROM.
    case base
    /// An image that a Dockerfile takes files from: `COPY --from=`, `RUN --mount=from=`.
    case source
    /// The image that parses a Dockerfile: `# syntax=`.
    case frontend
    /// An image that a compose, Kubernetes, bake, devcontainer, CI or MLproject file starts.
    case service
  }

  public let role: Role
  public let text: String
  public let registry: String?
  public let repository: String?
  public let tag: String?
  public let digest: String?
  public let pin: String
  /// Why the reference cannot be known from the file.
  public let reason: String?
  public let path: String?
  public let line: Int?

  public init(
    role: Role, text: String, registry: String?, repository: String?, tag: String?, digest: String?, pin: String,
    reason: String?, path: String?, line: Int?
  ) {
    self.role = role
    self.text = text
    self.registry = registry
    self.repository = repository
    self.tag = tag
    self.digest = digest
    self.pin = pin
    self.reason = reason
    self.path = path
    self.line = line
  }
}
