"""Runs opener.py many times in one process: one JSON list of arguments a line in, one verdict a line out."""

import contextlib
import io
import json
import sys

import opener

for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            opener.main(json.loads(line))
        verdict = {"verdict": "ok", "said": said.getvalue()}
    except SystemExit as exit_:
        verdict = {"verdict": "refused", "said": str(exit_.code)}
    print(json.dumps(verdict), flush=True)
