/// Collects what a requirements file and those it includes say.
struct RequirementsReader {
  /// How deep, how many and how large files are included before it looks like a mistake or an attack: a line of ten bytes
  /// may name a large file under many names, and each of them would be read.
  private static let deepest = 64
  private static let most = 100
  private static let mostBytes = 16 << 20

  /// A file that was opened as requirements or as constraints.
  private struct Opening: Hashable {
    let path: String
    let isConstraints: Bool
  }

  let lookup: FileLookup
  private var reading = PinReading()
  /// Beside each requirement, how pip knows what it installs.
  private var verified: [Bool] = []
  private var constraints = RequirementConstraints()
  private var requiresHashes = false
  private var refusesHashMode = false
  private var opened: Set<Opening> = []
  private var includedBytes = 0
  private var stack: [String] = []

  init(lookup: FileLookup) { self.lookup = lookup }

  mutating func read(path: String, bytes: [UInt8], isConstraints: Bool) {
    let decoded = RequirementsEncoding.read(bytes)
    if let problem = decoded.problem { note(problem.message, path, problem.line) }
    stack.append(path)
    defer { stack.removeLast() }
    opened.insert(Opening(path: path, isConstraints: isConstraints))
    var freezeNote: FreezeNote?
    for line in LogicalLines(decoded.bytes) {
      if line.swallows { note("a comment that ends in `\\` makes the next line part of it", path, line.number) }
      if line.bytes.isEmpty { continue }
      if line.isFreezeNote {
        add(freezeNote, path: path)
        freezeNote = FreezeNote(line)
        continue
      }
      read(RequirementsLine(line.bytes), &freezeNote, path: path, number: line.number, isConstraints: isConstraints)
    }
    add(freezeNote, path: path)
  }

  /// What was read, with what only the whole can tell.
  mutating func finish() -> PinReading {
    for index in reading.requirements.indices {
      if constraints.apply(to: &reading.requirements[index]) { verified[index] = true }
    }
    if requiresHashes, !refusesHashMode {
      for (requirement, isVerified) in zip(reading.requirements, verified) where !isVerified {
        guard let problem = HashMode.problem(of: requirement) else { continue }
        reading.problems.append(problem)
      }
    }
    return reading
  }

  private mutating func read(
    _ line: RequirementsLine, _ freezeNote: inout FreezeNote?, path: String, number: Int, isConstraints: Bool
  ) {
    if line.options.contains(.requireHashes) { requiresHashes = true }
    if line.options.contains(.noRequireHashes) { refusesHashMode = true }
    guard line.arguments.isEmpty, line.firstEditable == nil else {
      let requirement = RequirementLine(line)
      // The note names the folder that the next line holds.
      let name = requirement.isEditable && requirement.pin == .local ? freezeNote?.name : nil
      if name != nil { freezeNote = nil }
      add(freezeNote, path: path)
      freezeNote = nil
      add(requirement, namedBy: name, path: path, number: number, isConstraints: isConstraints)
      return
    }
    if let mistake = line.mistake { note(mistake.message, path, number) }
    if let message = line.note { note(message, path, number) }
    if let (target, isConstraints) = line.include {
      include(target, from: path, line: number, isConstraints: isConstraints)
    } else if !line.hashes.isEmpty {
      note("a `--hash` stands on a line without a requirement, and pip passes over it", path, number)
    }
  }

  private mutating func add(
    _ parsed: RequirementLine, namedBy name: String?, path: String, number: Int, isConstraints: Bool
  ) {
    if let problem = parsed.problem { note(problem, path, number) }
    if !parsed.hashes.isEmpty { requiresHashes = true }
    if isConstraints {
      if let message = constraints.add(parsed) { note(message, path, number) }
      return
    }
    verified.append(parsed.isVerified)
    reading.requirements.append(Requirement(parsed, name: name, path: path, line: number))
  }

  /// Something that is installed, and that no line installs.
  private mutating func add(_ note: FreezeNote?, path: String) {
    guard let note else { return }
    verified.append(false)
    reading.requirements.append(
      Requirement(name: note.name, text: note.text, pin: .local, hashed: false, path: path, line: note.line))
  }

  private mutating func include(_ target: String, from path: String, line: Int, isConstraints: Bool) {
    func fail(_ reader: inout RequirementsReader, _ message: String) { reader.note(message, path, line) }
    let shown = Excerpt.of(target)
    if let variable = EnvironmentVariable.first(in: Array(target.utf8)) {
      return fail(&self, "the included file `\(shown)` cannot be found: `\(variable)` gets its value elsewhere")
    }
    if let scheme = RequirementScheme(of: target.utf8), scheme == .web || scheme == .file {
      return fail(&self, "the remote file `\(shown)` is not read; keep a copy of it beside this file")
    }
    let place = IncludePath.resolve(target, from: path)
    guard !stack.contains(place) else { return fail(&self, "`\(shown)` includes itself") }
    // Reading it again would only say the same again.
    guard !opened.contains(Opening(path: place, isConstraints: isConstraints)) else { return }
    guard stack.count < Self.deepest else { return fail(&self, "includes nest more than \(Self.deepest) files deep") }
    guard opened.count < Self.most else { return fail(&self, "more than \(Self.most) files are included") }
    switch lookup.read(place) {
    case .found(let bytes):
      includedBytes += bytes.count
      guard includedBytes <= Self.mostBytes else {
        return fail(
          &self, "`\(shown)` is not read: the included files hold more than \(Self.mostBytes >> 20) MiB together")
      }
      read(path: place, bytes: bytes, isConstraints: isConstraints)
    case .missing: fail(&self, "the included file `\(shown)` is not there")
    case .unreadable(let reason), .refused(let reason):
      fail(&self, "the included file `\(shown)` cannot be read: \(reason)")
    }
  }

  private mutating func note(_ message: String, _ path: String, _ line: Int) {
    reading.problems.append(PinProblem(message: message, path: path, line: line))
  }
}
