import ArgumentParser
import Foundation
import ReproAudit

/// Standard output is the answer, standard error everything else.
enum Output {
  static func write(_ text: String) { put(text, STDOUT_FILENO) }

  static func note(_ text: String) { put(text + "\n", STDERR_FILENO) }

  /// Says what is wrong with the call, and ends with exit code 64.
  static func usageError(_ message: String) -> ArgumentParser.ExitCode {
    note("error: \(message)")
    return ArgumentParser.ExitCode(64)
  }

  /// Says every mistake, and ends with exit code 64.
  static func usageErrors(_ messages: [String]) -> ArgumentParser.ExitCode {
    for message in messages { note("error: \(message)") }
    return ArgumentParser.ExitCode(64)
  }

  /// Says what people can mend, and gives what to end with: exit code 64 for the call and the policy, 74 (EX_IOERR) for an
  /// answer that could not be written; any other error as it is.
  static func told(_ error: any Error) -> any Error {
    switch error {
    case let error as PolicyErrors: return usageErrors(error.lines)
    case let error as PolicyError: return usageError(error.description)
    case AuditError.cannotWrite(let message):
      note("error: \(message)")
      return ArgumentParser.ExitCode(74)
    case let error as AuditError: return usageError(error.description)
    case let error as ReportFailure:
      note("error: \(error)")
      return ArgumentParser.ExitCode(74)
    default: return error
    }
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
