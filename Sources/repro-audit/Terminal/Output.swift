import ArgumentParser
import Foundation

/// Standard output is the answer, standard error everything else.
enum Output {
  static func write(_ text: String) { put(text, STDOUT_FILENO) }

  static func note(_ text: String) { put(text + "\n", STDERR_FILENO) }

  /// Says what is wrong with the call, and ends with exit code 64.
  static func usageError(_ message: String) -> ExitCode {
    note("error: \(message)")
    return ExitCode(64)
  }

  /// Says every mistake, and ends with exit code 64.
  static func usageErrors(_ messages: [String]) -> ExitCode {
    for message in messages { note("error: \(message)") }
    return ExitCode(64)
  }

  private static func put(_ text: String, _ descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      // A reader that has gone away needs no more text.
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
