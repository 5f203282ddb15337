import Records
import AuditDatabase
import Reports

/// `query`: a question in SQL over a kept database, answered as a table, CSV or JSON.
public struct FactsQuery: Sendable {
  public enum Format: String, Sendable, CaseIterable { case table, csv, json }

  /// Why there is no answer; `isRefused` when nothing was run.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public let description: String
    public let isRefused: Bool
  }

  private let path: String
  private let seconds: Int

  /// Asks the database at `path`, at most `seconds` long.
  public init(database path: String, seconds: Int = 60) {
    self.path = path
    self.seconds = seconds
  }

  /// Writes the answer to standard output, and returns what people should know of it.
  public func run(_ sql: String, format: Format) throws -> [String] {
    let database: KeptDatabase
    do {
      database = try KeptDatabase(path: path, limits: .query(seconds: seconds))
    } catch let error as AuditDatabaseError {
      throw Failure(description: error.description, isRefused: true)
    }
    var notices: [String] = []
    if !database.isFinished {
      notices.append("\(path): its last scan has not finished; facts and results are incomplete")
    }
    do {
      let statement = try database.connection.prepare(sql)
      let file = try ReportFile(path: "-")
      // What was answered before a limit was reached is shown; the exit code says that more is missing.
      defer { try? file.finish() }
      switch format {
      case .table: try QueryTable(statement, file).write()
      case .csv: notices += try QueryCSV(statement, file).write()
      case .json: try QueryJSON(statement, file).write()
      }
    } catch let error as QueryError {
      throw Failure(description: Self.text(error, in: sql), isRefused: error.kind == .refused)
    } catch let error as ReportError {
      throw ReportFailure(description: error.description)
    }
    return notices
  }

  /// `1:8: no such column: x`, the line, and a mark below the place.
  private static func text(_ error: QueryError, in sql: String) -> String {
    guard let offset = error.offset else { return error.message }
    let text = SQLText(sql)
    let (line, column) = text.position(of: offset)
    let source = text.line(at: offset)
    guard source.count <= 200 else { return "\(line):\(column): \(error.message)" }
    let before = VisibleText.line(String(source.prefix(column - 1)))
    return "\(line):\(column): \(VisibleText.line(error.message))\n  \(VisibleText.line(source))\n  "
      + String(repeating: " ", count: before.count) + "^"
  }
}

extension QueryValue {
  /// As SQL writes it: `x'0a'`.
  static func literal(_ blob: [UInt8]) -> String {
    "x'" + blob.hexadecimal + "'"
  }

  /// A number with its point or exponent, as SQL reads it back.
  static func text(_ real: Double) -> String {
    real.isInfinite ? (real < 0 ? "-9e999" : "9e999") : "\(real)"
  }
}
