import Foundation

/// Verdicts of the reference implementations, in the folder that `CONFORMANCE_DIR` names.
enum Conformance {
  static let folder = ProcessInfo.processInfo.environment["CONFORMANCE_DIR"]

  /// The rows of a file, one JSON object a line; none without the folder.
  static func rows(_ name: String) throws -> [[String: Any]] {
    guard let folder else { return [] }
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
    }
  }
}
