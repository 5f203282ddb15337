/// A conda package that is fixed to a version: a row, and a pin of Python when it is `python` itself.
struct CondaRow {
  let name: String
  let version: String
  let build: String?
  let hashed: Bool

  func add(to rows: inout LockRows, line: Int) {
    let text = "\(name)==\(version)" + (build.map { $0.isEmpty ? "" : "=\($0)" } ?? "")
    rows.add(name.lowercased(), text, hashed ? .hashed : .exact, line: line)
    if name == "python" { rows.addPython(version, line: line) }
  }
}
