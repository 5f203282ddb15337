import Foundation
import Pins
import Testing

private func read(_ text: String) -> PinReading { Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8)) }

@Suite struct DockerfileTests {
  @Test func `names the images a build starts from, with build arguments put in`() {
    let text = """
      # syntax=docker/dockerfile:1
      ARG BASE=python:3.10.13-slim
      ARG TAG
      FROM --platform=linux/amd64 ${BASE} AS build
      FROM node:latest \\
        AS assets
      FROM build
      FROM scratch
      FROM x:${TAG:-1.2.3}
      """
    let reading = read(text)
    #expect(reading.images.map(\.text) == ["docker/dockerfile:1", "python:3.10.13-slim", "node:latest", "x:1.2.3"])
    #expect(reading.images.map(\.line) == [1, 4, 5, 9])
    #expect(reading.images.map(\.source) == [.syntax, .from, .from, .from])
    #expect(reading.pythons == [PythonPin(text: "3.10.13", version: "3.10.13", path: "Dockerfile", line: 4)])
    #expect(reading.problems.isEmpty)
  }

  @Test(arguments: [
    ("FROM python:3.10", ["python:3.10"]), ("from python", ["python"]), ("\u{FEFF}FROM a\r\nFROM b\r\n", ["a", "b"]),
    ("FROM a AS one\nFROM ONE", ["a"]),
    ("FROM a AS Two\nCOPY --from=tWo x y\nFROM b\nCOPY --from=two x y", ["a", "tWo", "b"]),
    ("FROM a\nFROM b\nCOPY --from=0 x y", ["a", "b"]),
    ("FROM a\nCOPY --from=busybox:1.36.1 x y", ["a", "busybox:1.36.1"]),
    ("FROM a\nRUN --mount=type=bind,from=uv:0.4.1,target=/uv x", ["a", "uv:0.4.1"]),
    ("FROM a AS b\nFROM c\nRUN --mount=from=b,target=/x x", ["a", "c"]),
    ("ARG A=1\nARG B=x:$A\nFROM ${B}", ["x:1"]), ("ARG A=\"x:1\"\nFROM $A", ["x:1"]), ("ARG A='x:1'\nFROM $A", ["x:1"]),
    ("ARG A=x B=2\nFROM $A:$B", ["x:2"]), ("ARG V\nFROM x:${V:+a}1", ["x:1"]), ("ARG V=2\nFROM x${V:+:a}", ["x:a"]),
    ("ARG V=\nFROM x:${V-3}1", ["x:1"]), ("ARG V=\nFROM x:${V:-3}", ["x:3"]), ("ARG V=v1.2\nFROM x:${V#v}", ["x:1.2"]),
    ("ARG V=1.2.3\nFROM x:${V%.*}", ["x:1.2"]), ("ARG V=1.2.3\nFROM x:${V%%.*}", ["x:1"]),
    ("ARG V=1.2.3\nFROM x:${V##*.}", ["x:3"]), ("ARG V=1.2.3\nFROM x:${V/./-}", ["x:1-2.3"]),
    ("ARG V=1.2.3\nFROM x:${V//./-}", ["x:1-2-3"]), ("FROM x:${A:-${B:-${C:-9}}}", ["x:9"]),
    ("# escape=`\nFROM a `\n  AS b\nFROM c", ["a", "c"]), ("FROM a \\\n# why\n\n  AS b\nFROM b", ["a"]),
    ("FROM a\nRUN <<EOF\nFROM no\nEOF\nFROM b", ["a", "b"]),
    ("FROM a\nRUN <<-EOF cat\n\tFROM no\n\tEOF\nFROM b", ["a", "b"]),
    ("FROM a\nCOPY <<\"A\" <<'B' /x/\nFROM no\nA\nFROM no\nB\nFROM b", ["a", "b"]),
    ("FROM a\nRUN echo '<<EOF'\nFROM b", ["a", "b"]), ("FROM scratch\nFROM a", ["a"]), ("FROM a\nFROM 0", ["a", "0"]),
    ("ARG A=x\nFROM a\nARG A\nFROM $A:1", ["a", "x:1"]), ("FROM a AS s-linux\nFROM s-$TARGETOS", ["a"]),
    ("FROM a AS s-amd64\nFROM s-${TARGETARCH}", ["a"]), ("FROM a\nCOPY --from=\"b\" x y", ["a", "b"]),
    ("# syntax = docker/dockerfile:1.7-labs\nFROM a", ["docker/dockerfile:1.7-labs", "a"]),
    ("ARG V=1.2.3\nFROM x:${V%?}4", ["x:1.2.4"]), ("ARG V=a*b\nFROM x:${V#a\\*}", ["x:b"]),
    ("ARG V=1\nFROM x:${V#*}2", ["x:12"]),
    ("ARG V=1\nFROM x:${V#9}", ["x:1"]), ("FROM \"x:\\\"1\"", ["x:\"1"]), ("FROM x:$", ["x:$"]),
    ("FROM a\nRUN x <<\nFROM b", ["a", "b"]),
    ("// escape=`\n// syntax=b\nFROM a", ["b", "a"]),
    ("FROM a AS s-arm64\nARG V\nFROM s-${TARGETARCH}-x", ["a", "s-${TARGETARCH}-x"]),
    ("#\n# syntax=no\nFROM a", ["a"]), ("// syntax=b\nFROM a", ["b", "a"]),
  ])
  func `reads what BuildKit reads`(text: String, images: [String]) {
    #expect(read(text).images.map(\.text) == images)
  }

  @Test(arguments: [
    ("ARG TAG\nFROM x:${TAG}", "x:${TAG}", "the build argument `TAG` has no default"),
    ("FROM x:$TAG", "x:$TAG", "the variable `TAG` gets no value in this file"),
    ("ARG B=$A\nFROM ${B}", "${B}", "the build argument `B` has no default"),
    ("FROM x-${TARGETARCH}:1.2.3", "x-${TARGETARCH}:1.2.3", "the builder sets `TARGETARCH` for each platform"),
    ("FROM x:${V:?needed}", "x:${V:?needed}", "the variable `V` gets no value in this file"),
    ("FROM x:${V#v}", "x:${V#v}", "the variable `V` gets no value in this file"),
    ("ARG D\nFROM something@sha256:${D}", "something@sha256:${D}", "the build argument `D` has no default"),
  ])
  func `does not guess what a variable holds`(text: String, image: String, reason: String) {
    let found = read(text).images
    #expect(found.map(\.text) == [image])
    #expect(found.map(\.pin) == [.unresolved])
    #expect(found.map(\.reason) == [reason])
  }

  @Test(arguments: [
    ("", 1, "no instructions"), ("# only a comment\n", 1, "no instructions"), ("FROM a b", 1, "FROM requires"),
    ("FROM a\nFORM b", 2, "unknown instruction: `FORM`"), ("RUN x", 1, "no build stage"),
    ("FROM a\nCOPY --user=me x y", 2, "unknown flag: `--user`"), ("FROM a\nCOPY x", 2, "at least two"),
    ("FROM a\nCOPY [\"x\"]", 2, "at least two"), ("FROM a\nENV", 2, "ENV requires"), ("FROM a\nENV =x", 2, "blank"),
    ("FROM a\nENV X", 2, "two arguments"), ("FROM a\nENV A=1 B", 2, "no `=`"), ("FROM a\nUSER", 2, "exactly one"),
    ("FROM a\nSHELL sh -c", 2, "JSON form"), ("FROM a\nHEALTHCHECK", 2, "at least one"),
    ("FROM a\nHEALTHCHECK CMD", 2, "missing after"), ("FROM a\nHEALTHCHECK NONE x", 2, "no arguments"),
    ("FROM a\nHEALTHCHECK TCP 1", 2, "unknown type"), ("FROM a\nONBUILD FROM b", 2, "isn't allowed"),
    ("FROM a\nCMD [\"a\", 1]", 2, "not all strings"), ("FROM a\nCOPY --chown x y z", 2, "needs a value"),
    ("FROM a\nCOPY --link=maybe x y", 2, "true or false"), ("FROM a\nCOPY --link --link x y", 2, "twice"),
    ("FROM a AS 1b", 1, "invalid name"), ("FROM a AS b%s", 1, "invalid name"),
    ("FROM a\nCOPY --from=7 x y", 2, "no such stage"),
    ("FROM a\nRUN <<EOF\nx", 2, "does not end"), ("FROM x:${", 1, "names no variable"),
    ("FROM x:${A", 1, "is not closed"),
    ("FROM x:${A:", 1, "no modifier"), ("FROM x:${A^}", 1, "unknown modifier"), ("FROM x:${A:-", 1, "is not closed"),
    ("ARG A=\nFROM $A", 2, "blank"), ("FROM 'x", 1, "a quote is not closed"), ("FROM \"x", 1, "a quote is not closed"),
    ("# escape=x\nFROM a", 1, "neither"), ("# syntax=a\n# syntax=b\nFROM a", 2, "stands twice"),
    ("\\\n\n", 1, "continuation"),
    ("FROM a\nONBUILD CMD [1]", 2, "not all strings"), ("FROM a\nARG A='x", 2, "a quote is not closed"),
  ])
  func `says what is wrong and where`(text: String, line: Int, message: String) {
    let problems = read(text).problems
    #expect(problems.first?.line == line)
    #expect(problems.first?.message.contains(message) == true, "\(problems)")
  }

  @Test func `an image that could be read is named beside what is wrong with its line`() {
    #expect(read("FROM a AS 1b\n").images.map(\.text) == ["a"])
    #expect(read("FORM x\nFROM a\nRUN\n").images.map(\.text) == ["a"])
  }

  @Test func `what other builds copy is not known here`() {
    let images = read("FROM a\nONBUILD COPY --from=b x y\nONBUILD COPY --from=b:1.2.3 x y\nCOPY --from=$C x y").images
    #expect(images.map(\.pin) == [.none, .unresolved, .version, .unresolved])
  }

  @Test func `no stage hands on more than it has`() {
    let text =
      "FROM a AS b\nARG V=1.0\nENV W=2.0\nFROM b\nRUN pip install x==$V y==$W\nFROM c\nRUN pip install x==$V y==$W"
    #expect(read(text).installs.map(\.pin) == [.exact, .exact, .range, .range])
  }
}
