"""One thing looked at, how it is, and what to do."""

from dataclasses import dataclass
from typing import Literal

CheckState = Literal["ok", "look", "broken"]


@dataclass(frozen=True)
class CheckResult:
    """`look`: it works, but somebody should know; `broken`: parents get no answer, or a secret is open."""

    subject: str
    state: CheckState
    says: str
    do: str = ""


def ok(subject: str, says: str) -> CheckResult:
    return CheckResult(subject, "ok", says)


def look(subject: str, says: str, do: str) -> CheckResult:
    return CheckResult(subject, "look", says, do)


def broken(subject: str, says: str, do: str) -> CheckResult:
    return CheckResult(subject, "broken", says, do)
