import Documents
import Hashing
import Records

/// The columns that record sets read, against the header of the file they read them from.
struct CroissantRecordSets {
  /// A field's column, with the place that names it.
  private struct Column {
    let recordSet: String
    let name: String
    let line: Int
  }

  private static let longestHeader = 64 << 10

  private let document: String
  private let tree: StoreTree
  private var columns: [String: [Column]] = [:]

  init(root: DocumentNode, document: String, tree: StoreTree) {
    self.document = document
    self.tree = tree
    for set in LinkedData.values("recordSet", of: root) {
      let name = LinkedData.text("name", of: set) ?? set["@id"]?.text ?? "record set"
      for field in LinkedData.values("field", of: set) {
        guard let source = LinkedData.value("source", of: field),
          let file = LinkedData.value("fileObject", of: source)?["@id"]?.text,
          let column = LinkedData.value("extract", of: source).flatMap({ LinkedData.value("column", of: $0) })
        else { continue }
        if let text = column.text {
          columns[file, default: []].append(Column(recordSet: name, name: text, line: column.line))
        }
      }
    }
  }

  /// Columns that the file object `id` should have and has not.
  func contradictions(of file: FileReference, id: String?) -> [Claim] {
    guard let id, let wanted = columns[id], let place = file.place, let header = header(of: place) else { return [] }
    return wanted.filter { !header.contains($0.name) }.map { column in
      Claim(
        contradicted: "the record set `\(column.recordSet)` reads the column `\(column.name)`, which the file lacks",
        document: document, line: column.line)
    }
  }

  /// The names in the first line of a CSV or TSV file; nil when that is not what the file is.
  private func header(of place: TreePath) -> Set<String>? {
    let name = place.displayName.lowercased()
    guard name.hasSuffix(".csv") || name.hasSuffix(".tsv"),
      let start = try? WholeFile.start(of: tree.absolute(place), count: Self.longestHeader)
    else { return nil }
    var format = TableScanner(format: name.hasSuffix(".tsv") ? .tsv : .csv, wantsSchema: true)
    guard let end = start.firstIndex(of: UInt8(ascii: "\n")) ?? (start.count < Self.longestHeader ? start.count : nil)
    else {
      return nil
    }
    start[..<end].withUnsafeBytes { format.update($0) }
    return format.finish().schema.map { Set($0.columns) }
  }
}
