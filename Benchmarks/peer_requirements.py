"""The peer: pip-requirements-parser reading the same file."""

import sys

from pip_requirements_parser import RequirementsFile

found = RequirementsFile.from_file(sys.argv[1])
assert len(found.requirements) > 100 and not found.invalid_lines
