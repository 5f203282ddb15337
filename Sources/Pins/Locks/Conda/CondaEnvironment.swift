import Documents

/// Reads `environment.yml`, and the `conda.yaml` that MLflow writes beside a model.
///
/// `python` is a pin of Python and no row. The `pip:` list is what conda makes of it, a requirements file; a file that
/// it names with `-r` is judged where it lies. Channels and `prefix` pin nothing.
enum CondaEnvironment {
  static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.yamlRoot(bytes) else { return rows.reading }
    // Several lists are one file to pip, and share what it may include.
    var forPip: [DocumentNode] = []
    for dependency in rows.list("dependencies", of: root) {
      if let text = dependency.text {
        add(text, line: dependency.line, to: &rows)
      } else if let sections = dependency.entries {
        for section in sections { forPip += pipItems(section, &rows) }
      } else {
        rows.addProblem("a dependency without text", line: dependency.line)
      }
    }
    if !forPip.isEmpty { PipList.add(forPip, lookup: lookup, to: &rows) }
    return rows.reading
  }

  private static func pipItems(_ section: DocumentEntry, _ rows: inout LockRows) -> [DocumentNode] {
    guard section.key == "pip" else {
      rows.addProblem("conda installs no `\(section.key.prefix(80))` packages", line: section.line)
      return []
    }
    if section.node.isNull { return [] }
    guard let items = section.node.elements else {
      rows.addProblem("`pip` is not a list", line: section.line)
      return []
    }
    return items
  }

  private static func add(_ text: String, line: Int, to rows: inout LockRows) {
    let shown = LockText.redacted(text.trimmed)
    let spec: CondaMatchSpec
    do throws(CondaMatchSpec.Mistake) {
      spec = try CondaMatchSpec(parsing: text)
    } catch {
      rows.add(nil, String(shown.prefix(200)), .invalid, line: line)
      return rows.addProblem("not a match spec: `\(shown.prefix(200))`: \(error.message)", line: line)
    }
    if spec.name == "python" {
      rows.add(PythonPin(text: shown, version: spec.pythonVersion, path: rows.path, line: line))
    } else {
      rows.add(spec.name == "*" ? nil : spec.name, shown, spec.pin, line: line)
    }
  }
}

extension CondaMatchSpec {
  /// Of `python=3.10.13` the version: it lets conda choose among what there never will be, so it is one release.
  var pythonVersion: String? {
    guard name == "python", let version else { return nil }
    let body = version.hasSuffix(".*") ? String(version.dropLast(2)) : version
    return PythonVersionText.isExact(body) ? PythonVersion.normalised(body) : nil
  }
}
