import Foundation
import Pins
import Testing

@Suite(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against BuildKit"))
struct DockerfileConformanceTests {
  /// An image as BuildKit's parser and ours name it.
  private struct Image: Hashable, CustomStringConvertible {
    let place: String
    let line: Int
    let text: String
    let isValid: Bool
    var description: String { "\(place) \(line) `\(text)` \(isValid ? "valid" : "invalid")" }
  }

  private static func place(_ source: ImageUse.Source) -> String {
    switch source {
    case .from: "FROM"
    case .copyFrom: "COPY --from"
    case .mountFrom: "RUN --mount"
    case .syntax: "syntax"
    case .service: "service"
    }
  }

  // Where the rows and the reader differ, and why:
  // - BuildKit's parser puts nothing where a variable has no value; the image is not guessed here (4 images).
  // - `ONBUILD COPY --from=x` runs in another Dockerfile; the rows leave it out, here it is unresolved (6 images).
  // - A quote that is not closed in `ENV` or `ARG` stops BuildKit later, when it builds (2 values).
  // - The rows call a tag with a digest no reference; the reference grammar and image-references.jsonl say it is one.
  // - The rows count lines without a leading `#!` line.
  @Test func `agrees with BuildKit on images, stages and errors`() throws {
    let rows = try Conformance.rows("dockerfiles.jsonl")
    #expect(rows.count > 300)
    var unresolved = 0
    var triggered = 0
    var unclosed = 0
    for row in rows {
      guard let text = row["dockerfile"] as? String, let references = row["image_refs"] as? [[String: Any]] else {
        continue
      }
      let reading = Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8))
      let parse = row["parse_error"] as? String ?? ""
      let instruction = row["instruction_error"] as? String ?? ""
      let comment = Comment(rawValue: "\(text)\n\(reading.problems)")
      if !parse.isEmpty || !instruction.isEmpty {
        // BuildKit stops at the first error and names no image at all; we say what is wrong and read on.
        let line = instruction.split(separator: " ").drop { $0 != "line" }.dropFirst().first.flatMap {
          Int($0.dropLast())
        }
        #expect(!reading.problems.isEmpty, comment)
        if let line { #expect(reading.problems.first?.line == line, comment) }
        continue
      }
      unclosed += reading.problems.count { $0.message.hasSuffix("a quote is not closed") }
      #expect(reading.problems.allSatisfy { $0.message.hasSuffix("a quote is not closed") }, comment)
      // BuildKit puts nothing where a variable has no value; that image is not guessed here, and stands as written.
      let triggers = reading.images.filter { $0.reason?.hasPrefix("ONBUILD") == true }
      triggered += triggers.count
      let images = reading.images.filter { !triggers.contains($0) }
      let open = Set(images.filter { $0.pin == .unresolved }.map(\.text))
      unresolved += open.count
      let wanted = references.compactMap { reference -> Image? in
        guard ["image", "blank"].contains(reference["kind"] as? String ?? ""),
          let place = reference["where"] as? String,
          let line = reference["line"] as? Int, let resolved = reference["resolved"] as? String,
          let raw = reference["raw"] as? String, let isValid = reference["valid_reference"] as? Bool
        else { return nil }
        return open.contains(raw)
          ? Image(place: place, line: line, text: raw, isValid: false)
          : Image(
            place: place, line: text.hasPrefix("#!") && place == "syntax" ? line + 1 : line, text: resolved,
            isValid: isValid || resolved.contains(":") && resolved.contains("@sha256:"))
      }
      let found = images.map { image in
        Image(
          place: Self.place(image.source), line: image.line, text: image.text,
          isValid: image.pin != .invalid && image.pin != .unresolved)
      }
      #expect(found == wanted, comment)
    }
    #expect(unresolved == 4)
    #expect(triggered == 6)
    #expect(unclosed == 2)
  }
}
