/// One requirement of a requirements file, or of a list of them in another file.
package struct Requirement: Sendable, Hashable {
  /// Lower case, with runs of `-`, `_` and `.` as one `-`; nil when the line names none.
  package let name: String?
  /// As written, without comment and options.
  package let text: String
  package var pin: RequirementPin
  /// Whether it has digests of the files, its own or a constraint's.
  package var hashed: Bool
  /// When it is installed at all, with one spacing and quoting; nil for always.
  package let marker: String?
  package let path: String
  package let line: Int

  package init(
    name: String?, text: String, pin: RequirementPin, hashed: Bool, marker: String? = nil, path: String, line: Int
  ) {
    self.name = name
    self.text = text
    self.pin = pin
    self.hashed = hashed
    self.marker = marker
    self.path = path
    self.line = line
  }

  package var pinned: Bool { pin.isPinned }
}

extension Requirement {
  /// Judges one requirement as pip reads it; the problem says why it is `invalid`, or what in it does not do what it says.
  ///
  /// Shapes: `name[extra]>=1,<2; marker`, `name @ url`, a URL, a path, `-e …`, each with `--hash=…` or not.
  package static func parse(_ text: String, path: String, line: Int) -> (Requirement, problem: PinProblem?) {
    let parsed = RequirementLine(text)
    return (
      Requirement(
        name: parsed.name, text: parsed.text, pin: parsed.pin, hashed: parsed.hashed, path: path, line: line),
      parsed.problem.map { PinProblem(message: $0, path: path, line: line) }
    )
  }
}
