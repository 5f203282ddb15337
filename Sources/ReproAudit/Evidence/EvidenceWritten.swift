import Foundation
import Hashing

/// What follows from facts and results as bytes: the reports and the list of files, written again.
struct EvidenceWritten {
  private struct Member {
    let name: String
    /// Where it was written; nil when its settings are none.
    let place: String?
  }

  private var members: [Member] = []

  /// Writes into `folder`.
  init(folder: String, audit: AuditResult, statement: EvidenceStatement) throws {
    let files = "\(folder)/files"
    try EvidencePack.writeFiles(of: audit.database, to: files)
    members.append(Member(name: EvidenceNames.files, place: files))
    for report in statement.reports {
      let place = "\(folder)/\(report.format.rawValue)"
      let isWritten = try audit.write(report.format, statement.settings, to: place)
      members.append(Member(name: report.member, place: isWritten ? place : nil))
    }
  }

  /// In words, with the first line that differs.
  func differences(from contents: EvidenceContents) throws -> [String] {
    var differences: [String] = []
    for member in members {
      guard let place = member.place else {
        differences.append("\(member.name): it cannot be written again: the settings are none of a scan")
        continue
      }
      if let line = try Self.firstDifference(of: place, member.name, contents) {
        differences.append("\(member.name): line \(line) is not what facts and results come to")
      }
    }
    return differences
  }

  /// From 1; nil when the bytes are the same.
  private static func firstDifference(
    of place: String, _ name: String, _ contents: EvidenceContents
  ) throws -> Int? {
    guard let file = FileHandle(forReadingAtPath: place) else { return 1 }
    defer { try? file.close() }
    var line = 1
    var found: Int?
    try contents.forEachPart(of: name) { part in
      guard found == nil else { return }
      let other = Array(try file.read(upToCount: part.count) ?? Data())
      if other == part {
        line += part.count { $0 == UInt8(ascii: "\n") }
      } else {
        found = line + zip(part, other).prefix { $0 == $1 }.count { $0.0 == UInt8(ascii: "\n") }
      }
    }
    if found == nil, try file.read(upToCount: 1)?.isEmpty == false { found = line }
    return found
  }
}
