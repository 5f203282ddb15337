"""Asks TOML readers of Python what they make of the inputs in toml-inputs.json, and writes toml.jsonl.

Run it in this folder:  python3 -m pip install 'tomli>=2.4' && python3 toml.py
(Python 3.11 or newer.) Rows: `text`; `valid`, tomli's verdict (TOML 1.1); `strict`, tomllib's, which reads TOML 1.0
before Python 3.15; `value`, what tomli read, with every scalar that is no string as [Python's type].
Inputs are given as text; those that are not UTF-8 as {"hex": "…"}, for which only `valid` is told.
"""

import json
import pathlib
import tomllib

import tomli

here = pathlib.Path(__file__).parent


def shape(value):
    """Text stays, tables and arrays keep their shape, everything else is told by its type."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return value if isinstance(value, str) else [type(value).__name__]


def verdict(reader, data):
    try:
        return True, shape(reader.loads(data.decode()))
    except (ValueError, RecursionError):
        return False, None


with open(here / "toml.jsonl", "w", encoding="utf-8") as out:
    for entry in json.loads((here / "toml-inputs.json").read_text(encoding="utf-8")):
        data = entry.encode() if isinstance(entry, str) else bytes.fromhex(entry["hex"])
        valid, value = verdict(tomli, data)
        row = {"valid": valid, "strict": verdict(tomllib, data)[0]}
        row |= {"text": entry, "value": value} if isinstance(entry, str) else entry
        out.write(json.dumps(row, sort_keys=True) + "\n")
