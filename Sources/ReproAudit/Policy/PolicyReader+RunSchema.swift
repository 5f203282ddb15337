import Documents
import Hashing

extension PolicyReader {
  /// A schema that a person wrote is a few kilobytes.
  private static let largestSchema = 1 << 20

  /// `run_schema`: a file with the JSON Schema (JSON or YAML) of this team's run records, relative to the policy.
  mutating func readRunSchema(_ entry: DocumentEntry) throws(PolicyError) {
    let name = try text(entry.node, "`run_schema`")
    let isAbsolute = name.hasPrefix("/")
    let shown = isAbsolute ? name : shownFolder + name
    let place = isAbsolute ? name : folder + name
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(place), limit: Self.largestSchema)
    } catch {
      throw mistake("the schema `\(name)` cannot be read: \(error.reason)", line: entry.line)
    }
    let document: DocumentNode
    do throws(DocumentError) {
      document = name.hasSuffix(".json") ? try JSONDocument.read(bytes) : try YAMLDocument.read(bytes)
    } catch {
      throw PolicyError(path: shown, line: error.line, message: error.message)
    }
    do throws(JSONSchema.Mistakes) {
      policy.runSchema = Policy.RunSchema(
        place: place, path: shown, digest: "sha256:\(BytesDigest.sha256(bytes))", schema: try JSONSchema(document))
    } catch {
      for mistake in error.mistakes {
        attempt { _ throws(PolicyError) in
          throw PolicyError(path: shown, line: mistake.line, message: mistake.message)
        }
      }
    }
    mark(PolicyPlace("run_schema"), line: entry.line)
  }
}
