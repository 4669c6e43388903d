"""The Dockerfile as data: stages and their steps."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLAG = re.compile(r"--([a-z-]+)=(\S+)\s+")
KNOWN = (
    "FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT",
    "CMD",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One instruction: `COPY --from=build a b` has the flag `from` and the rest `a b`."""

    name: str
    rest: str
    flags: dict[str, str]

    @property
    def words(self) -> list[str]:
        """The exec form as it is, anything else as a shell would part it."""
        return json.loads(self.rest) if self.rest.startswith("[") else shlex.split(self.rest)

    @property
    def pairs(self) -> dict[str, str]:
        """`A=1 B=2` of ENV."""
        return dict(word.split("=", 1) for word in self.words)


@dataclass(frozen=True)
class Stage:
    name: str
    base: str
    steps: tuple[Step, ...]

    def all(self, name: str) -> list[Step]:
        return [step for step in self.steps if step.name == name]


def read_dockerfile(text: str | None = None) -> tuple[Stage, ...]:
    """The stages of ours. ValueError for an instruction that is not known here."""
    text = text if text is not None else (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    stages: list[tuple[str, str, list[Step]]] = []
    for line in filter(None, map(str.strip, lines)):
        step = _step(line)
        if step.name == "FROM":
            base, _, name = step.rest.partition(" AS ")
            stages.append((name.strip(), base.strip(), []))
        else:
            stages[-1][2].append(step)
    return tuple(Stage(name, base, tuple(steps)) for name, base, steps in stages)


def _step(line: str) -> Step:
    name, rest = line.split(maxsplit=1)
    if name not in KNOWN:
        raise ValueError(f"{name}: this instruction is not known here")
    flags: dict[str, str] = {}
    while match := FLAG.match(rest):
        flags[match[1]] = match[2]
        rest = rest[match.end() :]
    if name == "HEALTHCHECK":
        rest = rest.removeprefix("CMD").strip()
    return Step(name, rest.strip(), flags)
