import Foundation
import Hashing
import Records
import Reports

/// The templates that reports for people are made from: those in the binary, or somebody's own instead.
public struct TemplateSet: Sendable {
  let templates: ReportTemplates
  /// Where somebody's own lie, and the digest of what they say; nil for those in the binary.
  let origin: (path: String, digest: String)?

  public static let builtIn = TemplateSet(templates: .builtIn, origin: nil)

  /// What stands in the file `VERSION` beside templates.
  public static let version = ReportTemplates.version

  private static let versionFile = "VERSION"
  /// Partials of one's own lie here; any other name that is not ours is taken for a slip.
  private static let ownFolder = "own/"
  private static let largest = 4 << 20
  private static let most = 1_000

  /// Reads the templates of the reports that are wanted; an audit does not wait for it.
  public func prepare(html: Bool, markdown: Bool) {
    if html { templates.prepare("report.html") }
    if markdown { templates.prepare("report.md") }
  }

  private init(templates: ReportTemplates, origin: (path: String, digest: String)?) {
    self.templates = templates
    self.origin = origin
  }

  /// Those of `folder` over those in the binary; throws `AuditError` for every mistake that can be seen before there is a
  /// page.
  public init(folder path: String) throws {
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let names = try Self.names(in: folder)
    try Self.checkVersion(of: folder, names)
    let known = ReportTemplates.builtIn.files.map(\.name)
    var own: [String: String] = [:]
    for name in names where name != Self.versionFile {
      guard known.contains(name) || name.hasPrefix(Self.ownFolder) else {
        throw AuditError.unusable(
          "\(folder)/\(name): " + NearestName.message("template", name, among: known)
            + "; partials of your own go into \(folder)/own/")
      }
      own[name] = try Self.text(of: name, in: folder)
    }
    let lines = own.sorted { $0.key < $1.key }.map { "\(BytesDigest.sha256(Array($0.value.utf8)))  \($0.key)\n" }
    templates = ReportTemplates.builtIn.replacing(own, from: folder)
    origin = (folder, "sha256:" + BytesDigest.sha256(Array(lines.joined().utf8)))
    do {
      try templates.check()
    } catch {
      throw AuditError.unusable(error.description)
    }
  }

  /// Files below `folder`, sorted; hidden ones are nobody's templates.
  private static func names(in folder: String) throws -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw AuditError.unusable(
        "\(folder): there is no such directory; `repro-audit templates export \(ShellText.quoted(folder))` writes one")
    }
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    let names = paths.filter { path in
      var isDirectory: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isDirectory)
      return isThere && !isDirectory.boolValue && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    guard names.count <= most else {
      throw AuditError.unusable("\(folder): it holds \(names.count) files; name a directory of templates only")
    }
    return names
  }

  private static func checkVersion(of folder: String, _ names: [String]) throws {
    let place = "\(folder)/\(versionFile)"
    guard names.contains(versionFile) else {
      throw AuditError.unusable(
        "\(place): it is not there, so that nobody knows which data the templates are for; write `\(version)` into it when they are for this program"
      )
    }
    let said = try text(of: versionFile, in: folder).trimmingCharacters(in: .whitespacesAndNewlines)
    guard said == version else {
      throw AuditError.unusable(
        "\(place):1: the templates are for `\(VisibleText.line(said, limit: 60))`, and this program makes `\(version)`; export them again and carry your changes over (docs/templates.md)"
      )
    }
  }

  private static func text(of name: String, in folder: String) throws -> String {
    let place = "\(folder)/\(name)"
    do {
      let bytes = try WholeFile.read(SystemPath(place), limit: largest)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw AuditError.unusable("\(place): it is not UTF-8")
      }
      return text
    } catch let error as FileAccessError {
      throw AuditError.unusable("\(place): it cannot be read: \(error)")
    }
  }

  /// Writes every template in the binary and `VERSION` into `folder`; returns how many files that were.
  ///
  /// Throws `AuditError` where one is already there, unless `overwrites`, and `ReportFailure` when one cannot be written.
  public static func export(to folder: String, overwrites: Bool) throws -> Int {
    let files = [(name: versionFile, text: version + "\n")] + ReportTemplates.builtIn.files
    let there = files.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0.name)") }
    guard overwrites || there.isEmpty else {
      let more = there.count == 1 ? "" : ", and \(there.count - 1) more are"
      throw AuditError.unusable("\(folder)/\(there[0].name): it is there already\(more); --force overwrites")
    }
    try AuditResult.writing {
      for (name, text) in files {
        let place = URL(filePath: folder).appending(path: name)
        do {
          try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
          throw ReportError(path: place.path, reason: "its folder cannot be made")
        }
        try AuditResult.write(to: "\(folder)/\(name)") { text }
      }
    }
    return files.count
  }
}
