import Foundation
import Hashing

/// The commits that lead from one commit to another.
struct GitLog: Sendable, Hashable {
  /// `1a2b3c4d5e6f what was done`, the newest first, at most `limit`.
  let lines: [String]
  /// How many there are.
  let count: Int
  /// How many commits the earlier one has that the later one does not come from.
  let behind: Int
  let isShallow: Bool
}

extension GitRepository {
  /// Lines of a log that are shown.
  static let mostLogLines = 50

  /// What lies between two commits that the repository holds; nil when git cannot tell.
  func log(from base: String, to other: String) async -> GitLog? {
    guard Self.isHash(base), Self.isHash(other), let place = GitDirectory(root: root),
      let sandbox = try? GitSandbox(objects: place.objects, isSHA256: max(base.utf8.count, other.utf8.count) == 64)
    else { return nil }
    defer { sandbox.remove() }
    // Where a shallow clone ends, git has to be told.
    if place.isShallow, let ends = try? WholeFile.read(SystemPath(place.common + "/shallow")) {
      try? sandbox.put("shallow", ends)
    }
    let plain = ["-c", "core.commitGraph=false", "-c", "log.showSignature=false", "-c", "log.mailmap=false"]
    guard
      let ahead = try? await sandbox.run(plain + ["rev-list", "--count", "\(base)..\(other)", "--"]), ahead.isSuccess,
      let behind = try? await sandbox.run(plain + ["rev-list", "--count", "\(other)..\(base)", "--"]), behind.isSuccess,
      let log = try? await sandbox.run(
        plain + ["log", "--no-color", "--no-decorate", "--format=%H %s", "-n", "\(Self.mostLogLines)"]
          + ["\(base)..\(other)", "--"]), log.isSuccess, let count = Int(ahead.line), let missing = Int(behind.line)
    else { return nil }
    let lines = log.output.split(separator: UInt8(ascii: "\n")).map { line in
      let text = String(decoding: line, as: UTF8.self)
      let hash = text.prefix { $0 != " " }
      return hash.prefix(12) + text.dropFirst(hash.count)
    }
    return GitLog(lines: lines.map(String.init), count: count, behind: missing, isShallow: place.isShallow)
  }
}
