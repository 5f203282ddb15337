/// Reads Dockerfiles by BuildKit's grammar: the images they start from and copy from, and what they install.
package enum Dockerfile {
  /// Reads `bytes`, which lie at `path`: no stage of the file itself is an image, nor is `scratch`.
  package static func read(path: String, bytes: [UInt8]) -> PinReading {
    read(path: path, bytes: bytes, firstLine: 1)
  }

  /// The same for a Dockerfile that stands inside another file, from `firstLine` on.
  static func read(path: String, bytes: [UInt8], firstLine: Int) -> PinReading {
    let syntax = DockerfileSyntax(bytes, firstLine: firstLine)
    var reader = DockerfileReader(path: path)
    for problem in syntax.problems { reader.fail(problem.message, line: problem.line) }
    if let (image, line) = syntax.syntax { reader.reading.add(ImageUse(.syntax, image, path: path, line: line)) }
    for instruction in syntax.instructions { reader.read(instruction) }
    // Problems of the grammar are known first, and belong among the others.
    reader.reading.problems = reader.reading.problems.enumerated()
      .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
    return reader.reading
  }
}

extension PinReading {
  /// Adds an image, and the Python it brings when it is an environment's base.
  mutating func add(_ image: ImageUse) {
    images.append(image)
    switch image.source {
    case .from, .service:
      guard image.pin != .unresolved, image.pin != .invalid else { return }
      pythons += PythonVersionText.pin(ofImage: image.text, path: image.path, line: image.line).map { [$0] } ?? []
    case .copyFrom, .mountFrom, .syntax: return
    }
  }
}
