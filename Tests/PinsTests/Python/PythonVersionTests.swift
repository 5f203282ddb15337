import Pins
import Testing

@Suite struct PythonVersionTests {
  @Test(arguments: [
    ("3.10.13", true), ("3.10", false), ("3", false), ("Python 3.10.13", true), ("CPython 3.11.4", true),
    ("3.10.13 (main, Aug 24 2023, 12:59:26) [GCC 11.2.0]", true), ("3.12.0+ (heads/3.12:1b2, Oct 2 2023)", false),
    ("3.10.13 | packaged by conda-forge | (main, Dec 23 2023) [GCC 12.3.0]", true), (">=3.9", false),
    ("3.11.0rc1", true), ("==3.10.13", true), ("==3.10.*", false), (">=3.9,<4", false), ("~=3.10.1", false),
    ("python-3.10.13", true), ("python=3.10.13", true), ("python==3.10", false), ("python3.10.13", true),
    ("pypy3.10-7.3.12", true), ("pypy3.10-v7.3.12", true), ("pypy3.10", false), ("miniconda3-22.11.1-1", true),
    ("cpython-3.10.13-linux-x86_64-gnu", true), ("cpython@3.12.1", true), ("system", false), ("latest", false),
    ("3.13.0t", true), ("3.14-dev", false), ("3.14.0-dev", false), ("^3.10", false), ("3.10.x", false), ("", false),
    ("  3.9.18\n", true), ("graalpy-23.1.0", true), ("anaconda3-2023.09-0", true), ("python", false),
    ("é-1.2.3", false),
    ("===3.10.13", true), ("my-env", false), ("1.2.3.4.5", true),
  ])
  func `judges a version`(text: String, isExact: Bool) {
    let pin = PythonVersionText.pin(text, path: "run.yaml", line: 3)
    #expect(pin.isExact == isExact)
    #expect(pin.line == 3)
  }

  @Test(arguments: [
    ("Python 3.10.13", "3.10.13"), ("python -V", "python -V"), ("3.9.1 (default)", "3.9.1"), (" 3.9 ", "3.9"),
    ("python==3.8.2", "3.8.2"), ("CPython 3.11.4", "3.11.4"), ("PyPy 7.3", "PyPy 7.3"), ("python", "python"),
    ("python >=3.9", "python >=3.9"),
  ])
  func `takes the version out of what tools print`(text: String, version: String) {
    #expect(PythonVersion.normalised(text) == version)
  }

  @Test(arguments: [
    ("python:3.10.13-slim", "3.10.13", true), ("python:3.10-slim-bookworm", "3.10", false), ("python:3", "3", false),
    ("registry.example.com:5000/mirror/python:3.11.4", "3.11.4", true), ("pypy:3.10-7.3.12", "pypy3.10-7.3.12", true),
    ("pypy:3.10", "pypy3.10", false), ("ghcr.io/astral-sh/uv:python3.12-bookworm", "3.12", false),
    ("jupyter/base-notebook:python-3.11.4", "3.11.4", true), ("python:3.13.0rc1-alpine", "3.13.0rc1", true),
  ])
  func `reads an image's tag`(image: String, text: String, isExact: Bool) {
    let pin = PythonVersionText.pin(ofImage: image, path: "Dockerfile", line: 1)
    #expect(pin?.text == text)
    #expect(pin?.isExact == isExact)
  }

  @Test(arguments: [
    "python", "python:latest", "python:slim", "ubuntu:22.04", "pypy:latest", "NOT AN IMAGE", "x:python",
  ])
  func `other images say nothing`(image: String) {
    #expect(PythonVersionText.pin(ofImage: image, path: "Dockerfile", line: 1) == nil)
  }

  @Test func `.python-version holds several, by lines and blanks`() {
    let text = "# ours\n\n3.10.13  3.9\r\npypy3.10-7.3.12 # also\nsystem\n"
    let reading = PythonVersionFile.read(path: "a/.python-version", bytes: Array(text.utf8))
    #expect(reading.pythons.map(\.text) == ["3.10.13", "3.9", "pypy3.10-7.3.12", "system"])
    #expect(reading.pythons.map(\.isExact) == [true, false, true, false])
    #expect(reading.pythons.map(\.line) == [3, 3, 4, 5])
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("runtime.txt", "python-3.10.13\n", ["python-3.10.13"], []), ("runtime.txt", "python-3.10 x", [], [1]),
    ("runtime.txt", "\n3.10.13", [], [2]), ("runtime.txt", "r-4.1-2022-01-01", [], []),
    (".tool-versions", "nodejs 18.1.0\npython 3.10.13 3.9.1 # x\npython\n", ["3.10.13", "3.9.1"], [3]),
    (".tool-versions", "ruby 3.1.0", [], []), (".python-version", "", [], [1]),
    (".python-version", "3.10.13\u{1}", [], [1]),
    (".python-version", "# none\n", [], [1]), ("other.txt", "3.10.13", ["3.10.13"], []),
  ])
  func `reads each file by its name`(path: String, text: String, pins: [String], problems: [Int]) {
    let reading = PythonVersionFile.read(path: path, bytes: Array(text.utf8))
    #expect(reading.pythons.map(\.text) == pins)
    #expect(reading.problems.map(\.line) == problems)
    #expect(PythonVersionFile.reads(path: "x/" + path) == (path != "other.txt"))
  }

  @Test func `a mark of the byte order and UTF-16 are no part of the version`() {
    let marked = PythonVersionFile.read(path: ".python-version", bytes: [0xEF, 0xBB, 0xBF] + Array("3.10.13".utf8))
    #expect(marked.pythons.map(\.isExact) == [true])
    let wide: [UInt8] = [0xFF, 0xFE] + Array("3.10.13\n".utf8).flatMap { [$0, 0] }
    #expect(PythonVersionFile.read(path: ".python-version", bytes: wide).pythons.map(\.text) == ["3.10.13"])
  }

  @Test func `random bytes never crash it, and long ones end`() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<3000 {
      let bytes = random.mutation(of: Array("python 3.10.13 # x\npypy3.10-7.3.12\n>=3.9,<4\n".utf8))
      for path in [".python-version", "runtime.txt", ".tool-versions"] {
        _ = PythonVersionFile.read(path: path, bytes: bytes)
      }
      _ = PythonVersionText.pin(ofImage: String(decoding: bytes, as: UTF8.self), path: "", line: 1)
    }
    for text in ["3.", "-3", "python", ">=", "a-"] {
      let long = String(repeating: text, count: 200_000)
      _ = PythonVersionFile.read(path: ".python-version", bytes: Array(long.utf8))
    }
  }
}
