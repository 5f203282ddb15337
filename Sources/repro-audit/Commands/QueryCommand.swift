import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit query`: a question in SQL over a kept database.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask a kept audit database in SQL.",
    discussion: """
      The views that can be asked are in docs/facts.md. Nothing is written: only one SELECT over views is run.

        repro-audit scan STORE --db audit.db
        repro-audit query --db audit.db "SELECT subject, rule, message FROM results WHERE outcome = 'fail'"

      Exit codes: 0 answered, 2 stopped before the end of the answer, 64 the SQL or the database cannot be used, 74 the \
      answer could not be written.
      """)

  @Option(help: "The database that `scan --db` kept.") var db: String
  @Argument(help: "One SELECT; `-` reads it from standard input.") var sql: String
  @Option(help: "table for people; csv by RFC 4180; json, an array with one row a line.")
  var format: FactsQuery.Format = .table
  @Option(help: "Stop after this many seconds.") var timeLimit = 60

  /// A question that a person wrote is shorter.
  private static let longest = 1 << 20

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    guard (1...86_400).contains(timeLimit) else {
      throw Output.usageError("--time-limit \(timeLimit): from 1 to 86400")
    }
    let text = try sql == "-" ? standardInput() : sql
    do {
      for notice in try FactsQuery(database: db, seconds: timeLimit).run(text, format: format) {
        Output.note("warning: \(notice)")
      }
    } catch let failure as FactsQuery.Failure {
      guard failure.isRefused else {
        Output.note("error: \(failure)")
        throw ExitCode(2)
      }
      throw Output.usageError(failure.description)
    } catch {
      throw Output.told(error)
    }
  }

  private func standardInput() throws -> String {
    let data = try FileHandle.standardInput.read(upToCount: Self.longest + 1) ?? Data()
    guard data.count <= Self.longest else { throw Output.usageError("the SQL on standard input is longer than 1 MiB") }
    guard let text = String(data: data, encoding: .utf8) else {
      throw Output.usageError("the SQL on standard input is no UTF-8 text")
    }
    return text
  }
}

extension FactsQuery.Format: ExpressibleByArgument {}
