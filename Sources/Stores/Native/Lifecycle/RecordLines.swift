import Documents
import Records

/// Reads a file of records, one JSON map a line; a line that is none is a problem, and the others are read.
package enum RecordLines {
  /// A record of more bytes than this is a mistake or an attack.
  private static let longestLine = 1 << 20
  /// As many bad lines are said one by one; the rest of a file that is no such file in one.
  private static let mostProblems = 100

  /// One line of the file.
  package struct Record: Sendable {
    package let entries: [DocumentEntry]
    /// From 1.
    package let line: Int
  }

  /// The records of `bytes`, which lie at `path`, in order. UTF-8 with or without a byte order mark, or UTF-16 with one.
  package static func read(_ bytes: [UInt8], path: String) -> (records: [Record], problems: [Problem]) {
    var records: [Record] = []
    var problems: [Problem] = []
    var bad = 0
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let bytes = isWide ? Array(TextDecoding.decode(bytes).utf8) : bytes
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      // A byte order mark stands before the first record, and before others where files were put together.
      let text = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      do throws(DocumentError) {
        records.append(Record(entries: try entries(text), line: number))
      } catch {
        bad += 1
        guard bad <= mostProblems else { continue }
        problems.append(Problem(kind: .malformedRecord, path: path, line: number, message: error.message))
      }
    }
    if bad > mostProblems {
      problems.append(
        Problem(kind: .malformedRecord, path: path, message: "\(bad - mostProblems) more lines hold no record"))
    }
    return (records, problems)
  }

  private static func entries(_ line: ArraySlice<UInt8>) throws(DocumentError) -> [DocumentEntry] {
    guard line.count <= longestLine else {
      throw DocumentError("a line of \(line.count >> 10) KiB is not read; the longest has \(longestLine >> 10) KiB")
    }
    guard let entries = try JSONDocument.read(Array(line)).entries else {
      throw DocumentError("a record is a map of keys and values, and this is not")
    }
    return entries
  }
}
