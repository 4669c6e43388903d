"""One thing looked at, how it is, and what to do."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "look", "broken"]


@dataclass(frozen=True)
class Finding:
    """`look`: it works, but somebody should know; `broken`: parents get no answer, or a secret is open."""

    subject: str
    state: State
    says: str
    do: str = ""


def ok(subject: str, says: str) -> Finding:
    return Finding(subject, "ok", says)


def look(subject: str, says: str, do: str) -> Finding:
    return Finding(subject, "look", says, do)


def broken(subject: str, says: str, do: str) -> Finding:
    return Finding(subject, "broken", says, do)
