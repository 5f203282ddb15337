"""The peer: a loop that only loads the same JSON files."""

import json
import sys

for number in range(int(sys.argv[2])):
    with open(f"{sys.argv[1]}/runs/run-{number:06d}/run.json") as file:
        json.load(file)
