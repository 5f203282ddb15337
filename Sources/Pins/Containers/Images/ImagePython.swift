extension ImageReference {
  /// The Python that an official Python image brings; nil for other images, and for tags that name no version.
  ///
  /// `python:3.10.13-slim` and a mirror's `registry.example.com/library/python:3.10.13` say 3.10.13, exactly;
  /// `python:3.10` says 3.10, and which patch that is depends on the day.
  package var python: (version: String, isExact: Bool)? {
    let name = repository.split(separator: "/")
    guard let tag, name.last == "python", name.count == 1 || name[name.count - 2] == "library" else { return nil }
    let version = tag.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    var numbers = 0
    var rest = Substring(version).utf8
    while let byte = rest.first, ImageGrammar.isDigit(byte) {
      numbers += 1
      rest = rest.drop(while: ImageGrammar.isDigit)
      guard rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first, ImageGrammar.isDigit(next) else {
        break
      }
      rest = rest.dropFirst()
    }
    guard numbers > 0 else { return nil }
    return (String(Substring(version)), numbers == 3)
  }
}
