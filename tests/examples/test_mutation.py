"""A sample of the mutation test: missing facts are noticed. The whole is ``tests/mutation.py``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "mutation.py"


def test_missing_facts_are_noticed():
    done = subprocess.run(
        [sys.executable, SCRIPT, "--every", "19"],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    report = json.loads(done.stdout)
    assert report["quads"] >= 40
    assert report["share"] >= 0.8, report["missed"]
