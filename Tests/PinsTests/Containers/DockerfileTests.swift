import Foundation
import Pins
import Testing

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
    let images = Dockerfile.read(path: "Dockerfile", bytes: Array(text.utf8)).images
    #expect(images.map(\.text) == ["python:3.10.13-slim", "node:latest", "x:1.2.3"])
    #expect(images.map(\.line) == [4, 5, 9])
  }
}
