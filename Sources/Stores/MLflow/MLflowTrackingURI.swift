/// Where MLflow is told to keep its records: what a user may name instead of a folder.
package struct MLflowTrackingURI: Sendable {
  private let text: String

  package init(_ text: String) { self.text = text }

  /// The file of a SQLite store; nil where the text is no URI of one.
  package var sqliteFile: String? {
    let scheme = "sqlite:///"
    return text.hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : nil
  }

  /// The server that holds the store; nil where the text leads to none that MLflow takes.
  package var server: String? {
    guard let end = text.firstRange(of: "://")?.lowerBound else { return nil }
    switch text[..<end].lowercased().prefix(while: { $0 != "+" }) {
    case "postgresql", "postgres": return "PostgreSQL"
    case "mysql", "mariadb": return "MySQL"
    case "mssql": return "SQL Server"
    default: return nil
    }
  }
}
