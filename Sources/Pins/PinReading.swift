/// What one file, with the files it includes, says of what an environment is made of.
package struct PinReading: Sendable, Hashable {
  package var requirements: [Requirement] = []
  package var images: [ImageUse] = []
  package var pythons: [PythonPin] = []
  package var installs: [InstallUse] = []
  /// Files it names that are judged where they lie: `pip install -r requirements.txt`.
  package var references: [PinReference] = []
  package var problems: [PinProblem] = []

  package init() {}

  /// Adds what another file says.
  package mutating func append(_ other: PinReading) {
    requirements += other.requirements
    images += other.images
    pythons += other.pythons
    installs += other.installs
    references += other.references
    problems += other.problems
  }
}

/// A place where a container image is named.
package struct ImageUse: Sendable, Hashable {
  package enum Source: String, Sendable, CaseIterable {
    /// A Dockerfile's `FROM`.
    case from
    /// `COPY --from=`, of an image and not of a stage.
    case copyFrom = "copy-from"
    /// `RUN --mount=from=`.
    case mountFrom = "mount-from"
    /// `# syntax=`, the image that parses the Dockerfile.
    case syntax
    /// A compose, Kubernetes, bake, devcontainer or CI file.
    case service
  }

  package let source: Source
  /// With variables that have a known value put in.
  package let text: String
  package let pin: ImagePin
  /// Why the reference cannot be known from the file; set exactly when `pin` is `unresolved`.
  package let reason: String?
  package let path: String
  package let line: Int

  package init(_ source: Source, _ text: String, path: String, line: Int) {
    self.source = source
    self.text = text
    self.path = path
    self.line = line
    pin = ImageReference.pin(of: text)
    reason = nil
  }

  /// A reference that holds a variable or a template that gets its value elsewhere.
  package init(_ source: Source, unresolved text: String, reason: String, path: String, line: Int) {
    self.source = source
    self.text = text
    self.path = path
    self.line = line
    pin = .unresolved
    self.reason = reason
  }
}

/// A place that says which Python runs.
package struct PythonPin: Sendable, Hashable {
  /// As written.
  package let text: String
  /// `3.10.13`; nil for a partial version and for a range.
  package let version: String?
  /// Whether it says which versions would do, as `>=3.9` does, and not which one runs.
  package let isRange: Bool
  package let path: String
  package let line: Int

  package var isExact: Bool { version != nil }

  /// `isRange` is for a place that only says what would do, however its text looks.
  package init(text: String, version: String?, isRange: Bool = false, path: String, line: Int) {
    self.text = text
    self.version = version
    let looksLikeRange = text.utf8.contains(UInt8(ascii: ",")) || text.utf8.first.map("<>~^!*=".utf8.contains) == true
    self.isRange = version == nil && (isRange || looksLikeRange)
    self.path = path
    self.line = line
  }
}

/// Something that a Dockerfile's command installs.
package struct InstallUse: Sendable, Hashable {
  package enum Tool: String, Sendable, CaseIterable {
    case pip, uv, conda, apt
    /// A script that is downloaded and run: `curl … | sh`.
    case script
  }

  package let tool: Tool
  /// Nil when there is none: a script, a local folder.
  package let name: String?
  /// As written, with variables that have a known value put in.
  package let text: String
  package let pin: RequirementPin
  package let path: String
  package let line: Int

  package init(_ tool: Tool, name: String?, text: String, pin: RequirementPin, path: String, line: Int) {
    self.tool = tool
    self.name = name
    self.text = text
    self.pin = pin
    self.path = path
    self.line = line
  }
}

/// A file that another names.
package struct PinReference: Sendable, Hashable {
  /// As written.
  package let target: String
  package let path: String
  package let line: Int

  package init(target: String, path: String, line: Int) {
    self.target = target
    self.path = path
    self.line = line
  }
}
