import Crypto
import Records

/// Names a subject as CI systems will know it for years: by store, model and version, never by content or date.
///
/// Every part is free of dots, so that a class name has as many parts as its kind says: `store` · `store.model` ·
/// `store.model.version` · `store.model.alias` · `store.runs.id` · `store.datasets.name` · `store.waivers.name`.
/// A part that could be taken for another one gets `~` and six hexadecimal digits of its SHA-256. Whether it could is
/// seen from the part alone, so that a new subject never renames an old one.
package struct JUnitIdentity: Hashable {
  package let className: String
  /// What its suite is called: the store and the kind.
  package let suite: String
  /// The store alone.
  package let package: String

  /// Longer parts are cut and told apart by their digest: consumers cut names at 255 or 512 characters.
  static let partLimit = 120

  package init(_ subject: Subject) {
    let store = Self.part(subject.store)
    package = store
    suite = subject.kind == .store ? store : "\(store).\(Self.folder(subject.kind))"
    className = ([store] + Self.parts(subject)).joined(separator: ".")
  }

  private static func parts(_ subject: Subject) -> [String] {
    let name = subject.name
    switch subject.kind {
    case .store: return name == subject.store ? [] : ["stores", part(name)]
    case .model: return [modelPart(dropping("model:", from: name))]
    case .run: return ["runs", part(dropping("run:", from: name))]
    case .dataset: return ["datasets", part(dropping("dataset:", from: name))]
    case .waiver: return ["waivers", part(dropping("waiver:", from: name))]
    case .version:
      let (model, version) = Subject.parts(of: name) ?? ("", name)
      return [modelPart(model), versionPart(version)]
    case .alias:
      let (model, alias) = Subject.parts(of: name) ?? ("", name)
      return [modelPart(model), aliasPart(alias)]
    }
  }

  /// The plural that stands for a kind where a model's name would.
  private static func folder(_ kind: SubjectKind) -> String {
    switch kind {
    case .alias: "aliases"
    case .dataset: "datasets"
    case .model: "models"
    case .run: "runs"
    case .store: "stores"
    case .version: "versions"
    case .waiver: "waivers"
    }
  }

  private static let folders = Set(SubjectKind.allCases.map(folder))

  private static func hasDot(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: ".")) }

  private static func dropping(_ prefix: String, from name: String) -> String {
    name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  /// A store, run or dataset: `a_b` is common, so `a.b` is the one that is told apart.
  private static func part(_ name: String) -> String { part(name, isPlain: !hasDot(name)) }

  /// A model; one that is called `runs` is told apart from the runs.
  private static func modelPart(_ name: String) -> String {
    part(name, isPlain: !hasDot(name) && !folders.contains(name))
  }

  /// A version: `1.2.0` is common, so `1_2_0` is the one that is told apart, and `prod` from an alias.
  private static func versionPart(_ name: String) -> String {
    part(name, isPlain: looksLikeVersion(name) && !name.contains("_"))
  }

  /// An alias; one that looks like a version is told apart from it.
  private static func aliasPart(_ name: String) -> String {
    part(name, isPlain: !looksLikeVersion(name) && !hasDot(name), salt: "alias:")
  }

  /// A digit first, or `v` and a digit.
  private static func looksLikeVersion(_ name: String) -> Bool {
    var start = name.unicodeScalars.prefix(2)
    if start.first == "v" || start.first == "V" { start.removeFirst() }
    guard let first = start.first else { return false }
    return ("0"..."9").contains(first)
  }

  private static func part(_ name: String, isPlain: Bool, salt: String = "") -> String {
    if isPlain, isSimple(name) { return name }
    let shown = shown(name)
    let dotless = String(String.UnicodeScalarView(shown.unicodeScalars.map { $0 == "." ? "_" : $0 }))
    if isPlain, shown == name, !name.isEmpty, !looksTold(name) { return dotless }
    return (dotless.isEmpty ? "_" : dotless) + "~" + digits(salt + name)
  }

  /// Nearly every name is: nothing in it has to be made visible or told apart.
  private static func isSimple(_ name: String) -> Bool {
    let length = name.utf8.count
    return length > 0 && length <= partLimit
      && name.utf8.allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// The start of `name` with what is not seen made visible, also the spaces that a reader of XML tokens trims and joins.
  private static func shown(_ name: String) -> String {
    let start = String(String.UnicodeScalarView(name.unicodeScalars.prefix(partLimit)))
    var result = String.UnicodeScalarView()
    for scalar in VisibleText.line(start).unicodeScalars {
      result.append(scalar == " " && (result.isEmpty || result.last == " ") ? "␠" : scalar)
    }
    if result.last == " " {
      result.removeLast()
      result.append("␠")
    }
    return String(result)
  }

  /// Whether the name itself ends as one that was told apart does.
  private static func looksTold(_ name: String) -> Bool {
    let end = Array(name.utf8.suffix(7))
    return end.count == 7 && end[0] == UInt8(ascii: "~")
      && end[1...].allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      }
  }

  /// Six hexadecimal digits.
  private static func digits(_ name: String) -> String {
    SHA256.hash(data: Array(name.utf8)).prefix(3).hexadecimal
  }
}
