"""Constraints with thousands of members: the engine must neither crash nor take their square."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# In a process of its own: an engine whose stack ends takes the process with it.
CHECK = """
import sys, time
import pyoxigraph as ox
from comity.store import open_store
from comity.validation import validate
from comity.validation.shapes.reading import shapes_of

def seconds(size):
    members = " ".join(sys.argv[2].replace("@", str(n)) for n in range(size))
    text = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <urn:x:> "
    text += ":S sh:targetNode :n ; " + sys.argv[1].replace("@", members) + " ."
    began = time.process_time()
    shapes = shapes_of(ox.parse(text, format=ox.RdfFormat.TURTLE))
    results = validate(store, shapes).results
    taken = time.process_time() - began
    print([result.constraint.partition("#")[2] for result in results])
    return taken

store = open_store()
some = [ox.NamedNode(f"urn:x:{name}") for name in "npo"]
store.add([ox.Quad(*some, ox.DefaultGraph())])
least = min(seconds(1_000) for _ in range(3))
most = seconds(8_000)
print(most < 24 * least, least, most)
"""


@pytest.mark.parametrize(
    ("constraint", "member", "component"),
    [
        ("sh:in ( @ )", '"@"', "InConstraintComponent"),
        ("sh:or ( @ )", "[ sh:hasValue :v@ ]", "OrConstraintComponent"),
        ("sh:or ( @ [ sh:nodeKind sh:Literal ] ) ; sh:not :v0", ":v@", "NotConstraintComponent"),
        ("sh:and ( @ )", "[ sh:nodeKind sh:Literal ]", "AndConstraintComponent"),
        ("sh:xone ( @ )", "[ sh:nodeKind sh:IRI ]", "XoneConstraintComponent"),
        ("sh:closed true ; sh:ignoredProperties ( @ )", ":p@", "ClosedConstraintComponent"),
    ],
)
def test_eight_times_the_members_take_not_nearly_their_square(
    constraint: str, member: str, component: str
) -> None:
    """Eight times as many may take 24 times as long; their square were 64."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        [sys.executable, "-c", CHECK, constraint, member],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    *found, last = done.stdout.splitlines()
    assert found == [f"['{component}']"] * 4
    assert last.startswith("True"), last
