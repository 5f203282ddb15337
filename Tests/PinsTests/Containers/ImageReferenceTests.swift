import Foundation
import Pins
import Testing

@Suite struct ImageReferenceTests {
  @Test(arguments: [
    ("python:3.10.13-slim", ImagePin.version), ("python:3.10-slim", .floating), ("python", .none),
    ("python:latest", .floating), ("registry.example.com:5000/name", .none),
    ("python@sha256:" + String(repeating: "a", count: 64), .digest), ("Python:3.10.13", .invalid),
    ("nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04", .version), ("debian:bookworm", .floating),
    ("x:20240115", .version),
    ("x:sha-0a1b2c3", .version), ("x:main", .floating), ("", .invalid), ("x:", .invalid), ("a b", .invalid),
  ])
  func `judges the tag`(text: String, pin: ImagePin) { #expect(ImageReference.pin(of: text) == pin) }

  @Test func `makes registry and library explicit`() throws {
    let plain = try ImageReference(parsing: "python:3")
    #expect(plain.registry == "docker.io" && plain.repository == "library/python" && plain.tag == "3")
    let port = try ImageReference(parsing: "localhost:5000/a/b")
    #expect(port.registry == "localhost:5000" && port.repository == "a/b" && port.tag == nil)
  }

  @Test(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against distribution/reference"))
  func `agrees with distribution/reference on what is valid`() throws {
    let rows = try Conformance.rows("image-references.jsonl")
    #expect(rows.count > 1000)
    for row in rows {
      guard let input = row["input"] as? String, let valid = row["valid"] as? Bool else { continue }
      let found = try? ImageReference(parsing: input)
      #expect((found != nil) == valid, Comment(rawValue: input))
      guard valid, let found else { continue }
      #expect(found.tag ?? "" == row["tag"] as? String ?? "", Comment(rawValue: input))
      #expect(found.digest ?? "" == row["digest"] as? String ?? "", Comment(rawValue: input))
    }
  }
}
