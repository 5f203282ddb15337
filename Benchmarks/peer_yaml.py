"""The peer: PyYAML's C loader only loading the same files."""

import sys

import yaml

for number in range(int(sys.argv[2])):
    with open(f"{sys.argv[1]}/runs/run-{number:06d}/run.yaml") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
