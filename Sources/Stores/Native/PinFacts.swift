import Pins
import Records

/// What a pin file says, as facts.
package struct PinFacts: Sendable {
  package var requirements: [RequirementFact] = []
  package var images: [ImageFact] = []
  package var pythons: [PythonFact] = []
  package var installs: [InstallFact] = []
  package var problems: [Problem] = []

  package init() {}

  /// `pythonSource` is what the file's Python versions come from.
  package init(_ reading: PinReading, pythonSource: PythonFact.Source) {
    requirements = reading.requirements.map { RequirementFact($0, path: $0.path, line: $0.line) }
    images = reading.images.map(ImageFact.init)
    pythons = reading.pythons.map { PythonFact($0, source: pythonSource, path: $0.path, line: $0.line) }
    installs = reading.installs.map(InstallFact.init)
    // Rules about requirements say it of the runs that need them.
    problems = reading.problems.filter { !$0.isMissingHash }.map {
      Problem(kind: .malformedRecord, path: $0.path, line: $0.line, message: $0.message)
    }
  }

  package mutating func append(_ other: PinFacts) {
    requirements += other.requirements
    images += other.images
    pythons += other.pythons
    installs += other.installs
    problems += other.problems
  }

  /// Adds the image that a record names, with the Python that its name tells.
  mutating func append(_ judged: (image: ImageFact, python: PythonFact?)) {
    images.append(judged.image)
    if let python = judged.python { pythons.append(python) }
  }

  /// Everything in it as text: what has the same text is the same environment.
  var content: String {
    var lines = requirements.map { "r\t\($0.path ?? "")\t\($0.line ?? 0)\t\($0.pin)\t\($0.hashed)\t\($0.text)" }
    lines += images.map { "i\t\($0.path ?? "")\t\($0.line ?? 0)\t\($0.role)\t\($0.pin)\t\($0.text)" }
    lines += pythons.map { "p\t\($0.path ?? "")\t\($0.line ?? 0)\t\($0.text)" }
    lines += installs.map { "d\t\($0.path ?? "")\t\($0.line ?? 0)\t\($0.tool)\t\($0.pin)\t\($0.text)" }
    return lines.joined(separator: "\n")
  }
}

extension EnvironmentFact {
  /// The environment that pins describe.
  init(_ pins: PinFacts, fingerprint: String, state: RequirementsState) {
    self.init()
    self.fingerprint = fingerprint
    requirementsState = state
    requirements = pins.requirements
    images = pins.images
    pythons = pins.pythons
    installs = pins.installs
  }
}

extension RequirementFact {
  init(_ requirement: Requirement, path: String?, line: Int?) {
    self.init(
      name: requirement.name, text: Redaction.redact(requirement.text), pin: requirement.pin.rawValue,
      pinned: requirement.pinned, hashed: requirement.hashed, path: path, line: line)
  }
}

extension ImageFact {
  init(_ use: ImageUse) {
    let role: Role =
      switch use.source {
      case .from: .base
      case .copyFrom, .mountFrom: .source
      case .syntax: .frontend
      case .service: .service
      }
    self.init(role: role, text: use.text, pin: use.pin, reason: use.reason, path: use.path, line: use.line)
  }

  /// The image that a run's record names. It has no place: runs with the same image share the environment.
  init(ofRun text: String) {
    self.init(role: .run, text: text, pin: ImageReference.pin(of: text), reason: nil, path: nil, line: nil)
  }

  private init(role: Role, text: String, pin: ImagePin, reason: String?, path: String?, line: Int?) {
    let reference = pin == .unresolved ? nil : try? ImageReference(parsing: text)
    self.init(
      role: role, text: Redaction.redact(text), registry: reference?.registry, repository: reference?.repository,
      tag: reference?.tag, digest: reference?.digest, pin: pin.rawValue, reason: reason, path: path, line: line)
  }
}

extension PythonFact {
  init(_ pin: PythonPin, source: Source, path: String?, line: Int?) {
    self.init(
      source: source, text: pin.text, version: pin.version, isRange: pin.isRange, path: path, line: line)
  }
}

extension InstallFact {
  init(_ use: InstallUse) {
    self.init(
      tool: use.tool.rawValue, name: use.name, text: Redaction.redact(use.text), pin: use.pin.rawValue,
      pinned: use.pin.isPinned, path: use.path, line: use.line)
  }
}
