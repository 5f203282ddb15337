import Foundation
import Pins
import Testing

/// Whole files as teams commit them, and all that is read from them.
@Suite struct ContainerFixtureTests {
  /// One line for each thing, in the order of the reading.
  private static func summary(_ reading: PinReading) -> [String] {
    reading.images.map { "\($0.line) image \($0.source.rawValue) \($0.text) \($0.pin.rawValue)" }
      + reading.pythons.map { "\($0.line) python \($0.text) \($0.isExact ? "exact" : "partial")" }
      + reading.installs.map { "\($0.line) install \($0.tool.rawValue) \($0.text) \($0.pin.rawValue)" }
      + reading.references.map { "\($0.line) file \($0.target)" }
      + reading.problems.map { "\($0.line ?? 0) problem \($0.message)" }
  }

  @Test(arguments: [
    (
      "gpu.Dockerfile",
      [
        "1 image syntax docker/dockerfile:1.7 floating",
        "5 image from nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04 version",
        "16 image copy-from ghcr.io/astral-sh/uv:latest floating", "12 install apt git none",
        "13 install apt curl=7.88.1-10+deb12u5 exact",
        "15 install script curl https://example.com/uv/install.sh | sh url",
        "19 install pip torch==2.1.0+cu121 exact", "20 install pip transformers>=4.38,<5 range",
        "20 install pip accelerate none", "26 install conda faiss-gpu=1.7.4 wildcard",
        "26 install conda mkl==2023.1.0 exact",
        "27 install pip -e . local", "29 install script https://example.com/weights.bin url",
        "21 file /tmp/requirements.txt",
      ]
    ),
    (
      "multistage.Dockerfile",
      [
        "2 image from python:3.10.13-slim version", "3 image from python:3.10.13-slim version",
        "5 image mount-from busybox:1.36.1 version",
        "8 image from gcr.io/distroless/python3@sha256:\(String(repeating: "a", count: 64)) digest",
        "2 python 3.10.13 exact",
        "3 python 3.10.13 exact", "11 install pip extra none",
      ]
    ),
    ("windows.Dockerfile", ["2 image from mcr.microsoft.com/windows/servercore:ltsc2022 floating"]),
    (
      "heredocs.Dockerfile",
      [
        "1 image from python:3.12 floating", "1 python 3.12 partial", "11 install pip a==1.0 exact",
        "11 install pip b none",
      ]
    ),
    (
      "broken.Dockerfile",
      [
        "2 image from python:3.10 floating", "5 image from python:${UNKNOWN} unresolved", "2 python 3.10 partial",
        "7 install pip ==1.0 invalid", "1 problem unknown instruction: `FORM`",
        "2 problem invalid name for build stage: `1st`; it begins with a letter and holds no symbols",
        "3 problem unknown flag: `--user`", "4 problem COPY requires at least two arguments",
        "6 problem the base image `x:${open`: `${` is not closed", "7 problem",
        "8 problem the heredoc `EOF` does not end",
      ]
    ),
    (
      "compose.yaml",
      [
        "8 image service ghcr.io/mlflow/mlflow:v2.9.2 version", "10 image service postgres:${POSTGRES} unresolved",
        "12 image service redis none", "6 file gpu.Dockerfile",
      ]
    ),
    (
      "deployment.yaml",
      [
        "8 image service amazon/aws-cli:2.15.0 version",
        "11 image service registry.example.com:5000/fraud-detector none",
        "22 image service pytorch/pytorch:latest floating",
      ]
    ),
  ])
  func `reads whole files`(name: String, wanted: [String]) throws {
    let bytes = try #require(try RepositoryFiles.files("Fixtures/containers").first { $0.name == name }).bytes
    let kind = try #require(ContainerFile.kind(of: name, content: bytes))
    let found = Self.summary(ContainerFile.read(kind, path: name, bytes: bytes, lookup: .none))
    // What is wrong with a requirement is worded by the reader of requirements.
    #expect(found.map { $0.hasPrefix("7 problem") ? "7 problem" : $0 } == wanted)
  }
}
