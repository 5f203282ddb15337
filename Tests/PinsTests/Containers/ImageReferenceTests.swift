import Foundation
import Pins
import Testing

@Suite struct ImageReferenceTests {
  private static let digest = "sha256:" + String(repeating: "a", count: 64)

  @Test(arguments: [
    // A digest, with or without a tag.
    ("python@\(digest)", ImagePin.digest), ("python:latest@\(digest)", .digest), ("[::1]:5000/x@\(digest)", .digest),
    // No tag at all.
    ("python", .none), ("registry.example.com:5000/name", .none), ("localhost/name", .none),
    ("localhost:5000/a", .none),
    // Full versions.
    ("python:3.10.13", .version), ("python:3.10.13-slim", .version), ("x:v1.2.3", .version), ("x:1.2.3-rc1", .version),
    ("x:1.2.3.4", .version), ("python:3.13.0rc1-slim", .version), ("eclipse-temurin:17.0.9_9-jdk", .version),
    ("nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04", .version), ("x:pytorch2.1.0-py310", .version),
    ("pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel", .version), ("x:1.2.3-stable", .version), ("x:1.2.3-dev", .version),
    ("x:release-1.2.3", .version), ("x:py310-1.2.3", .version), ("x:2024.01.15", .version),
    // Dates.
    ("x:20240115", .version), ("x:2024-01-15", .version), ("ubuntu:jammy-20240111", .version),
    ("x:nightly-20240115", .version), ("debian:bookworm-20240110-slim", .version), ("x:latest-2024-01-15", .version),
    ("x:20240115T1200", .version), ("x:202401151200", .version),
    // Commits and build numbers.
    ("x:sha-0a1b2c3", .version), ("x:main-0a1b2c3", .version), ("x:0a1b2c3d", .version),
    ("x:v1.2-14-g2414721", .version),
    ("registry.example.com/ubi9:9.3-1610", .version), ("x:8u392-b08-jdk", .version), ("x:full-cuda-b5124", .version),
    // Partial versions, also those of a calendar.
    ("python:3.10", .floating), ("python:3.10-slim", .floating), ("python:3", .floating), ("x:v0", .floating),
    ("nvidia/cuda:12.1-base", .floating), ("ubuntu:22.04", .floating), ("ubuntu:24.04", .floating),
    ("python:3.10-alpine3.19.1", .floating), ("x:2024.1", .floating), ("x:latest-2024", .floating),
    ("x:1.2.x", .floating),
    ("nvcr.io/nvidia/pytorch:24.01-py3", .version), ("nvcr.io/nvidia/pytorch:24.13-py3", .floating),
    ("example.com/nvidia/pytorch:24.01-py3", .floating), ("nvcr.io/nvidia/x:latest", .floating),
    // Words that move.
    ("x:latest", .floating), ("x:stable", .floating), ("x:nightly", .floating), ("x:main", .floating),
    ("x:master", .floating), ("x:dev", .floating), ("x:edge", .floating), ("node:lts", .floating),
    ("python:alpine", .floating), ("debian:bookworm", .floating), ("python:slim", .floating),
    ("ubuntu:jammy", .floating),
    ("python:alpine3.19.1", .floating), ("x:nightly_3.10_tpuvm", .floating), ("x:latest-fips-dev", .floating),
    ("x:latest-1.2.3", .floating), ("x:1.2.3-SNAPSHOT", .floating), ("x:1.2.3-latest", .floating), ("x:gpu", .floating),
    ("x:4090ti", .floating), ("x:decade", .floating), ("x:2024-13-15", .floating), ("x:cu121", .floating),
    // No reference.
    ("Python:3.10.13", .invalid), ("", .invalid), ("x:", .invalid), ("a b", .invalid), ("x@sha256:abc", .invalid),
    ("x:${TAG}", .invalid), ("something:@\(digest)", .invalid),
  ])
  func `judges the tag`(text: String, pin: ImagePin) { #expect(ImageReference.pin(of: text) == pin) }

  @Test func `makes registry and library explicit`() throws {
    let plain = try ImageReference(parsing: "python:3")
    #expect(plain.registry == "docker.io" && plain.repository == "library/python" && plain.tag == "3")
    let port = try ImageReference(parsing: "localhost:5000/a/b")
    #expect(port.registry == "localhost:5000" && port.repository == "a/b" && port.tag == nil)
  }

  @Test(arguments: [
    ("python:3.10.13-slim", "3.10.13", true), ("python:3.10", "3.10", false), ("python:3.13.0rc1", "3.13.0rc1", true),
    ("registry.example.com/library/python:3.12.1", "3.12.1", true), ("docker.io/library/python:3", "3", false),
    ("registry.example.com/python:3.11.9-bookworm", "3.11.9", true),
  ])
  func `knows the Python of an image`(text: String, version: String, isExact: Bool) throws {
    let python = try #require(PythonVersionText.pin(ofImage: text, path: "f", line: 1))
    #expect(python.text == version && python.isExact == isExact)
  }

  @Test(arguments: ["python", "python:slim", "python:latest", "someone/python:1-3.10", "pypy:latest", "node:20.1.1"])
  func `other images say nothing of Python`(text: String) throws {
    #expect(PythonVersionText.pin(ofImage: text, path: "f", line: 1) == nil)
  }

  @Test(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against distribution/reference"))
  func `agrees with distribution/reference in every column`() throws {
    let rows = try Conformance.rows("image-references.jsonl")
    #expect(rows.count > 1000)
    for row in rows {
      guard let input = row["input"] as? String, let valid = row["valid"] as? Bool else { continue }
      let found = try? ImageReference(parsing: input)
      #expect((found != nil) == valid, Comment(rawValue: input))
      guard valid, let found else { continue }
      #expect(found.registry == row["domain"] as? String, Comment(rawValue: input))
      #expect(found.repository == row["path"] as? String, Comment(rawValue: input))
      #expect(found.tag == row["tag"] as? String, Comment(rawValue: input))
      #expect(found.digest == row["digest"] as? String, Comment(rawValue: input))
    }
  }
}
