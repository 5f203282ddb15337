/// How firmly an image reference is tied to one image.
package enum ImagePin: String, Sendable, CaseIterable {
  case digest
  /// A full version tag: it can be moved, and seldom is.
  case version
  /// A partial version, `latest`, or a word that moves.
  case floating
  /// No tag at all.
  case none
  case invalid
  /// It holds a variable or a template that gets its value elsewhere.
  case unresolved
}

extension ImageReference {
  /// The pin of a reference's text.
  package static func pin(of text: String) -> ImagePin {
    guard let reference = try? ImageReference(parsing: text) else { return .invalid }
    return reference.pin
  }

  /// What ties it to one image: a digest wins over its tag.
  package var pin: ImagePin {
    if digest != nil { return .digest }
    guard let tag else { return .none }
    if ImageTag(tag).isFullVersion { return .version }
    // NVIDIA releases one image a month as `24.01-py3` and leaves it alone; elsewhere two numbers are a moving line.
    return registry == "nvcr.io" && ImageTag(tag).isMonthlyRelease ? .version : .floating
  }
}
