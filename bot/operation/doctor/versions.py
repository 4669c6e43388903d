"""Whether Python and the libraries are those that the project asks for."""

import platform
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from bot.operation.doctor.result import CheckResult, broken, ok

PROJECT = "crawling-bot"
PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"
INSTALL = "pip install --constraint constraints.txt ."


def examine_versions() -> Iterator[CheckResult]:
    python, needs = _bounds()
    here = platform.python_version()
    if here in SpecifierSet(python):
        yield ok("Python", here)
    else:
        yield broken("Python", f"this is {here}, {python} is needed", "start the bot with a newer one")
    wrong = [fault for need in needs if (fault := _fault(need))]
    if wrong:
        yield broken("libraries", "; ".join(wrong), INSTALL)
    else:
        yield ok("libraries", ", ".join(f"{need.name} {metadata.version(need.name)}" for need in needs))


def _bounds() -> tuple[str, tuple[Requirement, ...]]:
    """What the source tree asks for, or, where there is none, what was installed."""
    if PYPROJECT.exists():
        project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
        return project["requires-python"], tuple(map(Requirement, project["dependencies"]))
    about = metadata.metadata(PROJECT)
    needs = map(Requirement, metadata.requires(PROJECT) or ())
    return about["Requires-Python"], tuple(need for need in needs if not need.marker)


def _fault(need: Requirement) -> str | None:
    try:
        here = metadata.version(need.name)
    except metadata.PackageNotFoundError:
        return f"{need.name} is missing"
    return None if here in need.specifier else f"{need.name} {here} is not {need.specifier}"
