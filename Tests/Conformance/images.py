#!/usr/bin/env python3
"""Asks the real tools what image references mean, and writes images.jsonl beside this file.

Which texts are references is the verdict of the `docker` command, whose parser is distribution/reference: it refuses
a wrong one before it looks for a daemon (it is pointed at a socket that is not there). The parts are those of
docker-image-py, a port of the same grammar; where the port and `docker` disagree, the parts are left out.

    python3 -m venv venv && venv/bin/pip install docker-image-py==0.2.0
    venv/bin/python Tests/Conformance/images.py
"""
import json
import os
import pathlib
import random
import subprocess

from docker_image import reference

DIGEST = "sha256:" + "0123456789abcdef" * 4
SEEDS = [
    "python", "python:3.10.13-slim", f"python@{DIGEST}", f"registry.example.com:5000/team/app:v1.2@{DIGEST}",
    "localhost/app:1", "localhost:5000/a/b", "[2001:db8::1]:5000/app:1", "index.docker.io/library/x", "docker.io/x",
    "nvcr.io/nvidia/pytorch:24.01-py3", "a__b/c--d.e_f:1.0", "UPPER.example.com/x", "UPPER/x", "a/B", "0/1:2",
    "xn--bcher-kva.example/x", "a-b.c/d:E_f.g-h", "x:" + "t" * 128, "a/" * 60 + "b", "0123456789abcdef" * 4,
]
ALPHABET = "abz019AZ._-:/@[] +é"


def texts():
    random.seed(3)
    found = list(SEEDS)
    while len(found) < 700:
        text = list(random.choice(SEEDS))
        for _ in range(random.randint(1, 3)):
            place = random.randrange(len(text) + 1)
            match random.randrange(3):
                case 0:
                    text.insert(place, random.choice(ALPHABET))
                case 1 if place < len(text):
                    text[place] = random.choice(ALPHABET)
                case _ if place < len(text):
                    del text[place]
        joined = "".join(text)
        if joined and not joined.startswith("-") and joined not in found:
            found.append(joined)
    return found


def is_valid(text):
    environment = {**os.environ, "DOCKER_HOST": "unix:///nowhere/docker.sock"}
    answer = subprocess.run(["docker", "pull", "--quiet", text], env=environment, capture_output=True, text=True)
    # A text that is a reference gets as far as the daemon.
    return "connect to the Docker daemon" in answer.stderr


def parts(text):
    try:
        parsed = reference.Reference.parse_normalized_named(text)
    except Exception:
        return None
    domain, path = parsed.split_hostname()
    return {"domain": domain, "path": path, "tag": parsed["tag"], "digest": parsed["digest"]}


with open(pathlib.Path(__file__).with_suffix(".jsonl"), "w", encoding="utf-8") as output:
    for text in texts():
        row = {"input": text, "valid": is_valid(text)}
        found = parts(text)
        if row["valid"] and found:
            row.update(found)
        output.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
