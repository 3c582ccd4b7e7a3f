"""How the code is laid out: layers, sizes, what must not be in it, how fast help is."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# From the bottom up: a package may import those before it, and itself.
LAYERS = ("comity_ontology", "comity_queries", "comity", "comity_cli")
LONGEST = 300
HELP_SECONDS = 0.3
HEAVY = {"rdflib", "pyoxigraph", "networkx", "numpy", "scipy", "yaml", "pyshacl", "rich", "edtf"}
# Put together, so that this file does not hold what it looks for.
PLACES = re.compile(
    "|".join(("/wor" + "k/", "/far" + "m/", "/tm" + r"p/\w", "/ho" + "me/", "/ro" + "ot/"))
    + "|"
    + "|".join(("pypi" + r"\.org", "python" + "hosted", "npm" + "js", r"deb\." + "debian"))
)
# A test that refuses such a place may name one.
IN_TESTS_OF_REFUSALS = "/tm" + "p/"


def sources(files: list[Path]) -> list[Path]:
    return [file for file in files if file.suffix == ".py" and file.parts[0] != "tests"]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def test_imports_go_down_only(project_files: list[Path], root: Path) -> None:
    upward = []
    seen = set()
    for file in sources(project_files):
        package = next((part for part in file.parts if part in LAYERS), None)
        if package is None:
            continue
        seen.add(package)
        above = set(LAYERS[LAYERS.index(package) + 1 :])
        tree = ast.parse((root / file).read_text(encoding="utf-8"))
        upward += [f"{file} imports {name}" for name in imported(tree) if name in above]
    assert seen == set(LAYERS)
    assert upward == []


def test_modules_are_short(project_files: list[Path], root: Path) -> None:
    lengths = {
        str(file): len((root / file).read_text(encoding="utf-8").splitlines())
        for file in sources(project_files)
    }
    assert {file: count for file, count in lengths.items() if count >= LONGEST} == {}


def test_no_place_of_a_machine_is_named(project_files: list[Path], root: Path) -> None:
    found = []
    for file in project_files:
        try:
            text = (root / file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{file}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), start=1)
            for match in PLACES.finditer(line)
            if not (file.parts[0] == "tests" and match[0].startswith(IN_TESTS_OF_REFUSALS))
        ]
    assert found == []


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from comity_cli.main import cli\n"
        "cli.main(['--help'], prog_name='comity', standalone_mode=False)\n"
        f"print(sorted({sorted(HEAVY)!r} & sys.modules.keys()), file=sys.stderr)\n"
    )
    path = "; ".join(f"sys.path.insert(0, {folder!r})" for folder in sys.path if folder)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {path}\n{program}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("Usage: comity ")
    assert done.stderr == "[]\n"


def test_help_is_fast() -> None:
    program = "import comity_cli.main; comity_cli.main.main(['--help'])"
    path = "; ".join(f"sys.path.insert(0, {folder!r})" for folder in sys.path if folder)

    def seconds() -> float:
        start = time.perf_counter()
        command = [sys.executable, "-c", f"import sys; {path}; {program}"]
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - start

    # The best of some, as other work on the machine can only add to it.
    assert min(seconds() for _ in range(5)) < HELP_SECONDS


def modules() -> list[str]:
    names = []
    for layer in LAYERS:
        package = importlib.import_module(layer)
        names.append(layer)
        names += [
            module.name
            for module in pkgutil.walk_packages(package.__path__, f"{layer}.")
            if not module.name.endswith("__main__")
        ]
    return names


@pytest.mark.parametrize("name", modules())
def test_public_names_exist(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    public = getattr(module, "__all__", [])
    assert [one for one in public if not hasattr(module, one)] == []
    assert len(set(public)) == len(public)


@pytest.mark.parametrize("name", LAYERS)
def test_packages_are_typed(name: str) -> None:
    package = importlib.import_module(name)
    assert (Path(str(package.__file__)).parent / "py.typed").is_file()
