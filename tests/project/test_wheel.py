"""The wheel by itself: complete, and enough to run the demo."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = (
    "ontology/comity_ontology",
    "queries/comity_queries",
    "graph/comity",
    "cli/comity_cli",
)

pytestmark = pytest.mark.install


@pytest.fixture(scope="module")
def built(make_clone: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with wheel and sdist, the wheel made from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(make_clone())]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (file,) = built.glob("*.whl")
    return file


def test_wheel_holds_every_package_file(wheel: Path, project_files: list[Path]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        file.relative_to(Path(package).parent).as_posix()
        for file in project_files
        for package in PACKAGES
        if file.is_relative_to(package)
    }
    suffixes = {Path(name).suffix for name in expected}
    assert {".py", ".ttl", ".rq", ".trig", ".txt", ".typed"} <= suffixes
    assert names == expected


def test_wheel_holds_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        licences = {Path(name).name for name in archive.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-ONTOLOGY"}


def test_sdist_holds_every_file(built: Path, project_files: list[Path]) -> None:
    (file,) = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {file.as_posix() for file in project_files} - names == set()


def test_demo_runs_from_the_wheel_alone(
    wheel: Path, tmp_path: Path, outside: dict[str, str]
) -> None:
    environment = tmp_path / "environment"
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for command in (
        [sys.executable, "-m", "venv", str(environment)],
        [str(scripts / "python"), "-m", "pip", "install", "-q", str(wheel)],
        [str(scripts / "comity"), "demo", "--store", "store"],
    ):
        done = subprocess.run(
            command, cwd=elsewhere, env=outside, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "quarantined 0" in done.stdout
    assert "Was Kurt president of KOSGEB when it was signed?" in done.stdout
    drawn = {file.name for file in (elsewhere / "store/demo").iterdir()}
    assert drawn == {"network.svg", "network.graphml", "network.gexf"}
    assert all((elsewhere / "store/demo" / name).stat().st_size > 1000 for name in drawn)
    version = subprocess.run(
        [str(scripts / "comity"), "--version"], capture_output=True, encoding="utf-8", check=True
    )
    assert version.stdout == f"comity {wheel.name.split('-')[1]}\n"
