import Pins

/// The model and version that a folder's name and its parent's tell, as `fraud-detector/1.2.0` does.
struct VersionFolderName: Sendable, Hashable {
  let model: String
  let version: String
  let rank: String?
  let conforming: Bool

  /// Nil when the name is no version, or there is no parent.
  init?(_ name: String, parent: String?) {
    guard let parent, name.contains("."), let parsed = VersionName(name) else { return nil }
    model = parent
    version = name
    rank = parsed.rank
    conforming = parsed.conforming
  }
}
