/// Reads requirements files as pip does: comments, continuations, options, and the files they include.
package enum RequirementsFile {
  /// Reads `bytes`, which lie at `path`; `lookup` gets the files it includes by their path.
  ///
  /// With one `--hash` or `--require-hashes`, pip wants a digest of everything: each requirement without is a problem.
  package static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var reader = RequirementsReader(lookup: lookup)
    reader.read(path: path, bytes: bytes, isConstraints: false)
    return reader.finish()
  }
}
