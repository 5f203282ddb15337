package struct PinProblem: Sendable, Hashable { package let message: String; package let path: String; package let line: Int? }
package enum FileLookupResult: Sendable { case found([UInt8]), missing, unreadable(String), refused(String) }
package struct FileLookup: Sendable {
  package let read: @Sendable (String) -> FileLookupResult
  package init(_ read: @escaping @Sendable (String) -> FileLookupResult) { self.read = read }
  package static let none = FileLookup { _ in .missing }
}
package enum RequirementPin: String, Sendable { case exact, range, none, invalid }
package struct Requirement: Sendable { package let name: String?; package let text: String; package let pin: RequirementPin; package let hashed: Bool; package let path: String; package let line: Int; package var pinned: Bool { pin == .exact } }
package struct RequirementsReading: Sendable { package let requirements: [Requirement]; package let problems: [PinProblem] }
package enum RequirementsFile {
  package static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> RequirementsReading {
    var line = 0
    let list = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).compactMap { text -> Requirement? in
      line += 1
      if text.isEmpty || text.hasPrefix("#") { return nil }
      let parts = text.split(separator: "=", omittingEmptySubsequences: true)
      return Requirement(name: parts.first.map { $0.lowercased() }, text: String(text), pin: text.contains("==") ? .exact : .range, hashed: false, path: path, line: line)
    }
    return RequirementsReading(requirements: list, problems: [])
  }
}
package struct VersionName: Sendable { package let rank: String; package let conforming: Bool
  package init?(_ text: String) { let p = text.split(separator: "."); guard !p.isEmpty, p.allSatisfy({ Int($0) != nil }) else { return nil }; rank = text; conforming = p.count == 3 } }
package enum PythonVersion { package static func normalised(_ t: String) -> String { t.hasPrefix("Python ") ? String(t.dropFirst(7)) : t } }
package enum ImagePin: String, Sendable { case digest, version, floating, none, invalid }
package struct ImageReference: Sendable { package let registry: String; package let repository: String; package let tag: String?; package let digest: String?
  package init(parsing t: String) throws { let p = t.split(separator: ":"); registry = "docker.io"; repository = String(p[0]); tag = p.count > 1 ? String(p[1]) : nil; digest = nil }
  package static func pin(of t: String) -> ImagePin { t.contains(":latest") ? .floating : t.contains(":") ? .version : .none } }
package struct DockerfileImage: Sendable { package enum Source: Sendable { case from, copyFrom }; package let text: String; package let line: Int; package let source: Source }
package struct DockerfileReading: Sendable { package let images: [DockerfileImage] }
package enum Dockerfile { package static func read(path: String, bytes: [UInt8]) -> DockerfileReading {
  var n = 0
  return DockerfileReading(images: String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).compactMap { l in n += 1; return l.hasPrefix("FROM ") ? DockerfileImage(text: String(l.dropFirst(5)), line: n, source: .from) : nil }) } }
