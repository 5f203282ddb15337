# /// script
# requires-python = ">=3.11"
# dependencies = ["idna==3.7"]
# ///
import idna
