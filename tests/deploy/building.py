"""The Dockerfile's own steps taken in a folder, without a container engine.

Every absolute path that the Dockerfile names is put under the stage's folder, by replacing its first part
wherever it stands; the base image's `python` and `pip` are those of a new virtual environment.
"""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.dockerfile import ROOT, Stage, Step, read_dockerfile

MINE = (
    "/build",
    "/wheels",
    "/opt",
    "/app",
)  # the folders that the Dockerfile makes; all others are the machine's
MACHINES = (Path("/usr/local/bin/python3"), Path("/usr/bin/python3"))
PATHS = re.compile(rf"(?<![\w.])({'|'.join(MINE)})(?=[/\s'\":]|$)")


@dataclass
class Built:
    """A stage that was built: its folder is its root."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    place: Path = Path("/")
    user: str = ""

    def real(self, text: str) -> str:
        """A text of the Dockerfile with its paths in this folder."""
        return PATHS.sub(lambda match: f"{self.root}{match[1]}", text)


def build(folder: Path) -> tuple[Built, Stage]:
    """Build every stage below `folder`; the last one and what describes it."""
    python = _base_image(folder / "base")
    stages = read_dockerfile()
    built: dict[str, Built] = {}
    for stage in stages:
        result = Built(folder / f"stage-{stage.name or 'last'}")
        result.root.mkdir()
        result.environment = {
            "PATH": f"{python.parent}:/usr/local/bin:/usr/bin:/bin",
            **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))},
            **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
        }
        for step in stage.steps:
            _take(step, result, built)
        built[stage.name] = result
    return built[stages[-1].name], stages[-1]


def _base_image(folder: Path) -> Path:
    """A new environment in place of the base image, from a Python that every user of the machine may run."""
    candidates = [sys.executable, *map(str, MACHINES)]
    python = next((each for each in candidates if _is_for_all(Path(each).resolve())), sys.executable)
    subprocess.run([python, "-m", "venv", str(folder)], check=True)  # noqa: S603 - a Python of this machine
    return folder / "bin" / "python"


def _is_for_all(python: Path) -> bool:
    if not python.exists() or not all(each.stat().st_mode & 0o001 for each in (python, *python.parents)):
        return False
    asked = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
    return not subprocess.run([str(python), "-c", asked], capture_output=True, check=False).returncode  # noqa: S603


def _take(step: Step, built: Built, others: dict[str, Built]) -> None:
    match step.name:
        case "ENV":
            for name, value in step.pairs.items():
                path = built.environment["PATH"]
                built.environment[name] = built.real(value).replace("$PATH", path)
        case "WORKDIR":
            built.place = Path(built.real(step.rest))
            built.place.mkdir(parents=True, exist_ok=True)
        case "COPY":
            _copy(step, built, others)
        case "RUN":
            _run(step, built)
        case "USER":
            built.user = step.rest


def _run(step: Step, built: Built) -> None:
    command = ["/bin/sh", "-c", built.real(step.rest)]
    home = {"HOME": str(built.root)}
    subprocess.run(command, cwd=built.place, env=home | built.environment, check=True)  # noqa: S603 - our own step


def _copy(step: Step, built: Built, others: dict[str, Built]) -> None:
    *sources, target = step.words
    source_stage = step.flags.get("from")
    for source in sources:
        origin = Path(others[source_stage].real(source)) if source_stage else _from_context(source)
        goal = built.place / built.real(target)
        goal = goal / origin.name if target.endswith("/") else goal
        goal.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, goal, symlinks=True, ignore=shutil.ignore_patterns(*_ignored_everywhere()))
        else:
            shutil.copy2(origin, goal)
        owner = step.flags.get("chown")
        if owner and os.geteuid() == 0:
            _own(goal, owner)


def _own(place: Path, owner: str) -> None:
    user, group = map(int, owner.split(":"))
    for each in (place, *place.rglob("*")):
        os.chown(each, user, group)


def ignore_lines() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _from_context(source: str) -> Path:
    """A file of the project, as .dockerignore lets it through."""
    sent = False
    for line in ignore_lines():
        if fnmatch.fnmatch(source, line.lstrip("!")):
            sent = line.startswith("!")
    if not sent:
        raise FileNotFoundError(f"{source}: .dockerignore keeps it out of the image")
    return ROOT / source


def _ignored_everywhere() -> list[str]:
    return [line.removeprefix("**/") for line in ignore_lines() if line.startswith("**/")]
