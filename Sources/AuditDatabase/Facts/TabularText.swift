import Foundation
import Records

/// What counting a table found, as text: kept beside digests, so that a file that is not read again loses nothing.
private struct TabularText: Codable {
  var records: Int64?
  var columns: [String]?
  var types: [String]?
  var message: String?
}

extension TableObservation {
  func json() throws -> String {
    try CanonicalJSON.text(
      TabularText(records: records, columns: schema?.columns, types: schema?.types, message: message))
  }

  init(json: String) throws {
    let text = try JSONDecoder().decode(TabularText.self, from: Data(json.utf8))
    let schema = text.columns.flatMap { columns in
      text.types.map { TableSchema(columns: columns, types: $0) }
    }
    self.init(records: text.records, schema: schema, message: text.message)
  }
}
