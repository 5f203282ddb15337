import Pins
import Records

/// What one line of a file ties an environment to, and how firmly.
public struct PinVerdict: Sendable, Hashable {
  /// What is pinned.
  public enum Kind: String, Sendable, CaseIterable { case requirement, image, python, install }

  /// What the verdict means for whoever runs the check.
  public enum Level: Sendable, Hashable {
    /// There is nothing to do.
    case fixed
    /// Fixed as far as people usually ask for it; `message` says what is left open.
    case note
    /// It can become another thing tomorrow.
    case floats
    /// Only who builds or deploys knows.
    case undecided
  }

  public let kind: Kind
  /// Of an image its registry and repository; nil when the text names nothing.
  public let name: String?
  /// As written, secrets redacted.
  public let text: String
  /// `exact`, `range`, `digest`, `floating` … as docs/pins.md lists them.
  public let pin: String
  public let hashed: Bool
  public let path: String
  public let line: Int
  public let level: Level
  /// Why it is not fixed; nil when it is.
  public let message: String?
}

extension PinVerdict {
  init(_ requirement: Requirement) {
    self.init(
      kind: .requirement, name: requirement.name, text: Redaction.redact(requirement.text),
      pin: requirement.pin.rawValue, hashed: requirement.hashed, path: requirement.path, line: requirement.line,
      level: requirement.pinned ? .fixed : .floats, message: Self.message(requirement.pin))
  }

  init(_ use: InstallUse) {
    let isPinned = use.pin.isPinned
    let message: String? =
      switch use.tool {
      case .script: isPinned ? nil : "a script is downloaded and run"
      case .apt, .pip, .uv, .conda: Self.message(use.pin)
      }
    self.init(
      kind: .install, name: use.name, text: Redaction.redact(use.text), pin: use.pin.rawValue,
      hashed: use.pin == .hashed, path: use.path, line: use.line,
      level: isPinned ? .fixed : use.tool == .apt ? .note : .floats, message: message)
  }

  init(_ use: ImageUse) {
    let reference = use.pin == .unresolved ? nil : try? ImageReference(parsing: use.text)
    let isFrontend = use.source == .syntax
    let (level, message): (Level, String?) =
      switch use.pin {
      case .digest: (.fixed, nil)
      case .version: (.note, "the tag is a version, and could still be moved; add the digest")
      // Docker advises `docker/dockerfile:1`, and the image that is built does not hold it.
      case .floating: (isFrontend ? .note : .floats, "the tag can move")
      case .none: (isFrontend ? .note : .floats, "no tag is given")
      case .invalid: (.floats, "the reference cannot be parsed")
      case .unresolved: (.undecided, use.reason ?? "it has a variable without a value")
      }
    self.init(
      kind: .image, name: reference.map { "\($0.registry)/\($0.repository)" }, text: Redaction.redact(use.text),
      pin: use.pin.rawValue, hashed: use.pin == .digest, path: use.path, line: use.line, level: level, message: message)
  }

  /// `isOfImage` for a version that an image's tag names: the image has its own verdict.
  init(_ python: PythonPin, isOfImage: Bool) {
    let (pin, level, message): (String, Level, String?) =
      if python.isExact {
        ("exact", .fixed, nil)
      } else if python.isRange {
        // `requires-python` says what would do, which is no promise of what runs.
        ("range", .fixed, nil)
      } else if isOfImage {
        ("partial", .fixed, nil)
      } else {
        ("partial", .floats, "it is not one release; write all three numbers")
      }
    self.init(
      kind: .python, name: "python", text: Redaction.redact(python.text), pin: pin, hashed: false, path: python.path,
      line: python.line, level: level, message: message)
  }

  private static func message(_ pin: RequirementPin) -> String? {
    switch pin {
    case .exact, .hashed, .urlDigest, .vcsCommit: nil
    case .range: "several versions satisfy it"
    case .wildcard: "a wildcard matches several versions"
    case .none: "no version is given"
    case .vcsFloating: "a branch or tag can move; name the full commit"
    case .url: "the file behind the URL can change; add its digest"
    case .local: "a local path exists on one machine only"
    case .invalid: "it cannot be parsed"
    }
  }
}
