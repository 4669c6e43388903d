"""What the bot knows: the content, how old it is, and whether it has been learnt."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from bot.content import Content, ContentError, load
from bot.content.checks.advice import OLD
from bot.operation.doctor.result import CheckResult, broken, look, ok
from bot.operation.model_store import fingerprint, kept_model

SHOWN = 5  # entries named; the rest is counted


def examine_content(folder: Path, data: Path, today: datetime.date) -> Iterator[CheckResult]:
    if not folder.is_dir():
        yield broken(
            "content",
            f"{folder}: there is no such folder",
            "CONTENT_DIR should name one with entries/ or faq.yaml in it",
        )
        return
    try:
        content = load(folder, today).content
    except ContentError as error:
        what = f"{len(error.mistakes)} mistakes; the first: {error.mistakes[0]}"
        yield broken("content", what, "python -m bot check lists them all")
        return
    mark = fingerprint(content)
    wordings = sum(len(entry.phrasings) for entry in content.entries)
    signs = len(content.danger.signs) if content.danger else 0
    yield ok(
        "content",
        f"{folder}: {len(content.entries)} entries, {wordings} wordings, {signs} danger signs ({mark})",
    )
    yield _age(content, today)
    if kept_model(content, data) is not None:
        yield ok("learnt", "yes: a start takes a second or two")
    else:
        yield look("learnt", "not yet", "nothing: the next start learns it, about a minute, once")


def _age(content: Content, today: datetime.date) -> CheckResult:
    answers = [entry for entry in content.entries if entry.answers]
    undated = [entry.id for entry in answers if entry.reviewed is None]
    old = [entry.id for entry in answers if entry.reviewed and today - entry.reviewed > OLD]
    if undated or old:
        named = ", ".join((old + undated)[:SHOWN]) + (" ..." if len(old + undated) > SHOWN else "")
        what = f"{len(old)} were read over more than a year ago, {len(undated)} never: {named}"
        return look("dates", what, "read them and their sources again, then set 'reviewed'")
    if not answers:
        return ok("dates", "there is no answer to date")
    return ok("dates", f"all were read over since {min(e.reviewed for e in answers if e.reviewed)}")
