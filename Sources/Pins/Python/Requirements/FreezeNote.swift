/// A comment of `pip freeze` about something that is installed and cannot be written as a requirement.
///
/// `# Editable install with no version control (x==1.0)`
struct FreezeNote {
  let name: String
  let text: String
  let line: Int

  init?(_ line: LogicalLine) {
    guard line.isFreezeNote, let open = line.bytes.firstIndex(of: 0x28) else { return nil }
    var cursor = ByteCursor(line.bytes, (open + 1)..<line.bytes.count)
    guard let name = PackageName.take(&cursor), cursor.takeExactly("==") || cursor.takeExactly("===") else {
      return nil
    }
    self.name = PackageName.normalised(cursor.text(name))
    text = String(decoding: line.bytes, as: UTF8.self)
    self.line = line.number
  }
}
