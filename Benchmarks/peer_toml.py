"""The peer: Python's own TOML reader only loading the same file."""

import sys
import tomllib

with open(sys.argv[1], "rb") as file:
    tomllib.load(file)
