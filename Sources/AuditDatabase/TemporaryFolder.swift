import Foundation
import Synchronization

/// A folder of this process that goes when nothing holds it any more, or when the process is told to end.
package final class TemporaryFolder: Sendable {
  package let path: String

  private static let all = Mutex<Set<String>>([])

  /// Makes it in `TMPDIR`, or in /tmp; nobody else can look into it.
  package init() throws {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/repro-audit-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw AuditDatabaseError.cannotOpen(path: parent, reason: String(cString: strerror(errno)).lowercased())
    }
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let path = path
    Self.all.withLock { _ = $0.insert(path) }
  }

  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
    Self.all.withLock { _ = $0.remove(path) }
  }

  deinit { remove() }

  /// Removes those of this process, which is about to end.
  static func removeAll() {
    for path in all.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }
}
