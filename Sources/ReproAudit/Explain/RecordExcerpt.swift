import Foundation
import Hashing
import Records
import Reports
import Stores

/// A few lines of a record, made safe to look at, with secrets taken out.
struct RecordExcerpt: Sendable {
  struct Line: Sendable, Hashable {
    let number: Int
    let text: String
  }

  private static let around = 1
  private static let widest = 200
  /// Records are small; nothing larger is opened only to show a line of it.
  private static let largest = 4 << 20

  private let tree: StoreTree?

  init(storePath: String) { tree = try? StoreTree(path: storePath) }

  /// The line that `detail` points at and its neighbours; none when the file is not there any more.
  func lines(around detail: Detail) -> [Line] {
    guard let tree, let path = detail.path, let line = detail.line, !path.hasPrefix("/"),
      let place = TreePath(path).normalised, let real = StoreTree.realPath(tree.absolute(place)),
      real.starts(with: Array((tree.root == "/" ? "/" : tree.root + "/").utf8)),
      let bytes = try? WholeFile.read(SystemPath(bytes: real), limit: Self.largest)
    else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let numbers = max(1, line - Self.around)...(line + Self.around)
    return numbers.filter { $0 <= lines.count && !($0 == lines.count && lines[$0 - 1].isEmpty) }.map { number in
      let bytes = lines[number - 1].prefix(Self.widest * 4)
      let text = Redaction.redact(String(decoding: bytes.last == 13 ? bytes.dropLast() : bytes, as: UTF8.self))
      return Line(number: number, text: VisibleText.line(text, limit: Self.widest))
    }
  }
}
