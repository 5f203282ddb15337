import Records

/// Formats whose records can be counted while their bytes are hashed.
package enum TableFormat: String, Sendable {
  case csv
  case tsv
  case jsonl

  var separator: UInt8 { self == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",") }
}

/// What a table holds.
package struct TableScan: Sendable, Hashable {
  /// Rows without the header line (CSV, TSV), or lines that are not blank (JSON Lines).
  package let records: Int64
  /// Nil for JSON Lines, and when it was not asked for.
  package let schema: TableSchema?
  /// Why the count or the schema cannot be trusted.
  package let message: String?
}

/// Counts the records of a table and finds its columns' types, from bytes that come in pieces (RFC 4180).
///
/// A type is `int` when every non-empty value is a whole number, else `float` when every one is a decimal number, else
/// `string`; a column without values is `string`.
package struct TableScanner {
  /// Longer fields cannot be numbers, and need not be kept to know it.
  private static let longestNumber = 64
  private static let mostColumns = 10_000

  private let format: TableFormat
  private let wantsSchema: Bool
  private var records: Int64 = 0
  private var isHeader = true
  private var inQuotes = false
  private var afterQuote = false
  private var rowHasBytes = false
  private var field: [UInt8] = []
  private var column = 0
  private var columns: [String] = []
  private var types: [ColumnType] = []

  package init(format: TableFormat, wantsSchema: Bool) {
    self.format = format
    self.wantsSchema = wantsSchema
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    if format == .jsonl {
      for byte in bytes { countLine(byte) }
    } else if wantsSchema || isHeader {
      for byte in bytes { step(byte) }
    } else {
      for byte in bytes { countRow(byte) }
    }
  }

  package mutating func finish() -> TableScan {
    if rowHasBytes { format == .jsonl ? records += 1 : endRow() }
    let message = inQuotes ? "a quoted field is not closed" : nil
    guard format != .jsonl, wantsSchema else { return TableScan(records: records, schema: nil, message: message) }
    return TableScan(
      records: records, schema: TableSchema(columns: columns, types: types.map(\.name)), message: message)
  }

  private mutating func countLine(_ byte: UInt8) {
    if byte == UInt8(ascii: "\n") {
      if rowHasBytes { records += 1 }
      rowHasBytes = false
    } else if byte != UInt8(ascii: "\r"), byte != UInt8(ascii: " ") {
      rowHasBytes = true
    }
  }

  /// Without a schema only quotes and line ends matter.
  private mutating func countRow(_ byte: UInt8) {
    if byte == UInt8(ascii: "\"") {
      inQuotes.toggle()
      rowHasBytes = true
    } else if byte == UInt8(ascii: "\n"), !inQuotes {
      if rowHasBytes { records += 1 }
      rowHasBytes = false
    } else if byte != UInt8(ascii: "\r") {
      rowHasBytes = true
    }
  }

  private mutating func step(_ byte: UInt8) {
    if inQuotes {
      if byte == UInt8(ascii: "\"") {
        inQuotes = false
        afterQuote = true
      } else {
        keep(byte)
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""):
      // Two quotes inside a quoted field are one quote; the field goes on.
      if afterQuote { keep(byte) }
      inQuotes = true
      rowHasBytes = true
    case format.separator:
      endField()
      rowHasBytes = true
    case UInt8(ascii: "\n"):
      if rowHasBytes { endRow() }
    case UInt8(ascii: "\r"): break
    default:
      keep(byte)
      rowHasBytes = true
    }
    afterQuote = false
  }

  private mutating func keep(_ byte: UInt8) {
    if isHeader ? field.count < 4096 : field.count <= Self.longestNumber { field.append(byte) }
  }

  private mutating func endField() {
    if isHeader {
      if columns.isEmpty, field.starts(with: [0xEF, 0xBB, 0xBF]) { field.removeFirst(3) }
      if columns.count < Self.mostColumns { columns.append(String(decoding: field, as: UTF8.self)) }
    } else if column < types.count {
      types[column].widen(by: field)
    }
    column += 1
    field.removeAll(keepingCapacity: true)
  }

  private mutating func endRow() {
    if !isHeader, !wantsSchema {
      records += 1
    } else {
      endField()
      if isHeader {
        types = Array(repeating: .empty, count: columns.count)
        isHeader = false
      } else {
        records += 1
      }
    }
    column = 0
    field.removeAll(keepingCapacity: true)
    rowHasBytes = false
  }
}

/// The narrowest type that every value of a column has.
private enum ColumnType: Int {
  case empty, int, float, string

  var name: String {
    switch self {
    case .int: "int"
    case .float: "float"
    case .empty, .string: "string"
    }
  }

  mutating func widen(by field: [UInt8]) {
    guard self != .string, !field.isEmpty else { return }
    let found = Self.type(of: field)
    if found.rawValue > rawValue { self = found }
  }

  private static func type(of field: [UInt8]) -> ColumnType {
    let digits = field.first == UInt8(ascii: "-") || field.first == UInt8(ascii: "+") ? field[1...] : field[...]
    if !digits.isEmpty, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return .int }
    let text = String(decoding: field, as: UTF8.self)
    guard digits.first.map({ $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") }) ?? false,
      !text.lowercased().contains("x"),
      let value = Double(text), value.isFinite
    else { return .string }
    return .float
  }
}
