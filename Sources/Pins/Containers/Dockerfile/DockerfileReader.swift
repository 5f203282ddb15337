/// Follows a Dockerfile's instructions: stages, variables, and what they name.
struct DockerfileReader {
  let path: String
  var reading = PinReading()
  /// What the `ARG`s before the first `FROM` say.
  private var global = BuildVariables.platform
  private var variables = BuildVariables()
  private var stages = DockerfileStages()
  /// How many bytes variables may still add to commands: they can double each other.
  private var growth = 4 << 20
  private var isTrigger = false

  init(path: String) { self.path = path }

  mutating func fail(_ message: String, line: Int) {
    reading.problems.append(PinProblem(message: message, path: path, line: line))
  }

  mutating func read(_ instruction: DockerfileInstruction) {
    if let problem = DockerfileCheck.problem(instruction) {
      fail(problem, line: instruction.line)
      // A stage with a wrong name still begins from an image.
      let words = instruction.words
      guard instruction.keyword == "FROM", words.count == 3, words[1].text.uppercased() == "AS" else { return }
    } else if stages.isEmpty, instruction.keyword != "FROM", instruction.keyword != "ARG" {
      return fail("no build stage in current context: FROM comes first", line: instruction.line)
    }
    switch instruction.keyword {
    case "FROM": readFrom(instruction)
    case "ARG": readArguments(instruction)
    case "ENV": readEnvironment(instruction)
    case "COPY": readCopy(instruction)
    case "ADD":
      reading.installs += AddedFile.installs(instruction, variables: variables, path: path)
    case "RUN": readRun(instruction)
    case "ONBUILD": readTrigger(instruction)
    default: break
    }
  }

  // MARK: Stages

  private mutating func readFrom(_ instruction: DockerfileInstruction) {
    let words = instruction.words
    guard let written = words.first else { return }
    let name = words.count == 3 ? words[2].text : nil
    var inherited = BuildVariables()
    do throws(VariableExpansion.Mistake) {
      let (value, unknown) = try VariableExpansion.expand(written, global, escape: instruction.escape)
      let image = value[...].text
      if let unknown {
        if unknown != "TARGETARCH" || !isStageOfSomeArchitecture(written, instruction.escape) {
          let reason = global.reason(for: unknown)
          reading.add(
            ImageUse(.from, unresolved: image, reason: reason, path: path, line: instruction.line))
        }
      } else if image.isEmpty {
        fail("the base image's name is blank", line: instruction.line)
      } else if let base = stages.base(image, current: variables) {
        inherited = base
      } else if image != "scratch" {
        reading.add(ImageUse(.from, image, path: path, line: instruction.line))
      }
    } catch {
      fail("the base image `\(written.prefix(80).text)`: \(error.message)", line: instruction.line)
    }
    stages.begin(name, after: variables)
    variables = inherited
  }

  private func isStageOfSomeArchitecture(_ written: ArraySlice<UInt8>, _ escape: UInt8) -> Bool {
    stages.containsForSomeArchitecture { architecture in
      var known = global
      known.set("TARGETARCH", Array(architecture.utf8))
      guard let found = try? VariableExpansion.expand(written, known, escape: escape), found.unknown == nil else {
        return nil
      }
      return found.value[...].text
    }
  }

  // MARK: Variables

  private mutating func readArguments(_ instruction: DockerfileInstruction) {
    for word in instruction.quotedWords {
      let name = word.prefix { $0 != UInt8(ascii: "=") }.text
      guard word.count > name.utf8.count else {
        // A stage that declares a global argument gets its value.
        if stages.isEmpty {
          if global.values[name] == nil { global.set(name, nil) }
        } else {
          variables.set(name, global.known(name))
        }
        continue
      }
      let value = word.dropFirst(name.utf8.count + 1)
      if stages.isEmpty {
        let expanded = expand(value, in: global, instruction)
        global.set(name, expanded)
      } else {
        let expanded = expand(value, in: variables, instruction)
        variables.set(name, expanded)
      }
    }
  }

  private mutating func readEnvironment(_ instruction: DockerfileInstruction) {
    let words = instruction.quotedWords
    guard let first = words.first else { return }
    var pairs: [(String, ArraySlice<UInt8>)] = []
    if first.contains(UInt8(ascii: "=")) {
      pairs = words.compactMap { word in
        let name = word.prefix { $0 != UInt8(ascii: "=") }
        return word.count > name.count ? (name.text, word.dropFirst(name.count + 1)) : nil
      }
    } else {
      pairs = [(first.text, instruction.arguments.bytes.dropFirst(first.count).trimmed)]
    }
    // All values of one instruction are put in from what was known before it.
    let before = variables
    for (name, value) in pairs {
      variables.set(name, expand(value, in: before, instruction), isEnvironment: true)
    }
  }

  /// The value with its variables put in; nil when it is not known.
  private mutating func expand(
    _ value: ArraySlice<UInt8>, in known: BuildVariables, _ instruction: DockerfileInstruction
  ) -> [UInt8]? {
    do throws(VariableExpansion.Mistake) {
      let (expanded, unknown) = try VariableExpansion.expand(value, known, escape: instruction.escape)
      return unknown == nil ? expanded : nil
    } catch {
      fail("`\(value.prefix(80).text)`: \(error.message)", line: instruction.line)
      return nil
    }
  }

  // MARK: What is copied and run

  private mutating func readCopy(_ instruction: DockerfileInstruction) {
    for from in instruction.flagValues("from") { add(from, .copyFrom, instruction) }
  }

  private mutating func readRun(_ instruction: DockerfileInstruction) {
    for mount in instruction.flagValues("mount") {
      for field in mount.split(separator: ",") where field.hasPrefix("from=") {
        add(String(field.dropFirst(5)), .mountFrom, instruction)
      }
    }
    reading.append(RunCommands.read(instruction, variables: variables, path: path, growth: &growth))
  }

  /// An image that `--from=` names, if it is no stage.
  private mutating func add(_ name: String, _ source: ImageUse.Source, _ instruction: DockerfileInstruction) {
    if name.contains("$") {
      let reason = "--from takes no variables: name a stage that begins FROM it"
      reading.add(ImageUse(source, unresolved: name, reason: reason, path: path, line: instruction.line))
    } else if isTrigger, !name.contains(where: { "/:@".contains($0) }) {
      let reason = "ONBUILD runs in the build upon this image, where it may be a stage"
      reading.add(ImageUse(source, unresolved: name, reason: reason, path: path, line: instruction.line))
    } else if stages.contains(name) || name.isEmpty {
      return
    } else if source == .copyFrom, name.utf8.allSatisfy(ImageGrammar.isDigit) {
      // The stage that is being built is no source for itself.
      if let index = Int(name), index < stages.count - 1 { return }
      fail("--from=\(name.prefix(20)): there is no such stage before this one", line: instruction.line)
    } else if name != "scratch" {
      reading.add(ImageUse(source, name, path: path, line: instruction.line))
    }
  }

  /// `ONBUILD RUN …` runs where this image is built upon.
  private mutating func readTrigger(_ instruction: DockerfileInstruction) {
    var trigger = DockerfileInstruction(instruction.arguments, line: instruction.line, escape: instruction.escape)
    trigger.heredocs = instruction.heredocs
    switch trigger.keyword {
    case "RUN", "COPY", "ADD":
      isTrigger = true
      read(trigger)
      isTrigger = false
    default: if let problem = DockerfileCheck.problem(trigger) { fail(problem, line: instruction.line) }
    }
  }
}
