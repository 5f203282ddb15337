import Documents

/// Reads `python_env.yaml`, which MLflow writes beside a model: the Python, what builds, and what runs.
enum PythonEnvironment {
  static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.yamlRoot(bytes) else { return rows.reading }
    rows.addPython("python", of: root)
    PipList.add(rows.list("build_dependencies", of: root), lookup: lookup, to: &rows)
    PipList.add(rows.list("dependencies", of: root), lookup: lookup, to: &rows)
    return rows.reading
  }
}
