"""`check`: the content's mistakes and what to look at in its danger signs; JSON Schemas; learning."""

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.commands.against import tell_against
from bot.commands.matching import changed_since, tell_matching
from bot.commands.opening import (
    DATA,
    counted,
    give_up,
    give_up_on,
    learn_content,
    open_pack,
    open_settings,
    progress_of,
    read_json,
    say,
    write_json,
)
from bot.content import Content, ContentError, Loaded, Mistake
from bot.content.abroad import abroad_lines
from bot.content.checks.reading import NoGrades, reading_warnings
from bot.content.schemas import schemas_of
from bot.evaluation.review import review_pack
from bot.operation.abroad_store import FILE as ABROAD
from bot.operation.abroad_store import is_abroad_shipped, learn_abroad
from bot.operation.model_store import SHIPPED, is_shipped, kept_model, ship

DISCLAIMERS = "disclaimers.json"  # in the data folder: what each pack said when it was last checked
NICE = 10  # trying and learning take a core for half a minute: whoever answers parents meanwhile goes first


@dataclass(frozen=True)
class CheckOptions:
    """What `check` does beside checking, as the command line names it."""

    strict: bool = False
    schemas: bool = False
    learn: bool = False
    ship: bool = False
    shipped: bool = False
    matching: bool = False
    against: str | None = None


def check(folder: Path | None, options: CheckOptions) -> None:
    learn, strict = options.learn, options.strict
    if learn:
        with suppress(OSError, AttributeError):  # a service may forbid it, and not every system has it
            os.nice(NICE)
    folder = folder or open_settings().content_dir
    pack = open_pack(folder)
    content, found = pack.content, review_pack(pack)
    # A running bot asks for what is wrong, not for advice.
    warnings = () if learn else (*pack.warnings, *found.warnings, *_disclaimer(folder, pack), *_grades(pack, strict))
    if warnings:
        say("\n".join(map(str, warnings)))
        say(f"\n{counted(len(warnings), 'warning')}: worth a look, but nothing that stops the bot.\n")
    mistakes = (*found.mistakes, *(() if learn else _mistakes_abroad(folder, content)))
    if mistakes:
        give_up_on(mistakes)
    if warnings and strict:
        raise SystemExit(1)
    sys.stdout.write(f"{folder}: no mistakes. {_summary(content)}\n")
    if not learn:
        changed = changed_since(pack, folder)
        tell_matching(pack, changed, options.matching)
    if options.against and tell_against(folder, content, options.against) and strict:
        raise SystemExit(1)
    if options.schemas:
        target = folder.parent / "schema"
        target.mkdir(exist_ok=True)
        for name, schema in schemas_of().items():
            (target / name).write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        sys.stdout.write(f"{target}: schemas written.\n")
    if learn:
        learn_content(content, folder)
    if options.ship:
        # What was learnt from these very wordings is not learnt again: only the mark of the files is another.
        ship(kept_model(content, DATA) or learn_content(content, folder), content, folder)
        if content.languages and not is_abroad_shipped(folder):
            with progress_of("other languages") as progress:
                learn_abroad(folder, DATA, progress)
        sys.stdout.write(f"{SHIPPED}: learnt from {folder}.\n")
    if options.shipped and not is_shipped(content):
        give_up(f"{SHIPPED} was learnt from other content than {folder}: run `python -m bot check --ship`")
    if options.shipped and content.languages and not is_abroad_shipped(folder):
        give_up(f"{SHIPPED / ABROAD} was learnt from other content: run `python -m bot check --ship`")


def _mistakes_abroad(folder: Path, content: Content) -> tuple[Mistake, ...]:
    """What is wrong in the lines of other languages, which belong to a pack that has languages."""
    try:
        if content.languages:
            abroad_lines(folder, content)
    except ContentError as error:
        return error.mistakes
    return ()


def _grades(pack: Loaded, strict: bool) -> tuple[Mistake, ...]:
    """Parts that are hard to read, where that is asked for."""
    try:
        return tuple(reading_warnings(pack.documents)) if strict else ()
    except NoGrades:
        give_up('--strict grades how texts read: pip install "textstat<0.7.5" "setuptools<81", or leave --strict out')


def _disclaimer(folder: Path, pack: Loaded) -> tuple[Mistake, ...]:
    """A disclaimer that was changed since the last check, under its old version. It is told once."""
    said = pack.content.texts.disclaimer
    mark = hashlib.sha256(said.text.encode()).hexdigest()[:16]
    path, name = DATA / DISCLAIMERS, str(folder.resolve())
    known = read_json(path)
    version, before = known.get(name, [said.version, mark])
    write_json(path, known | {name: [said.version, mark]})
    if before == mark or version != said.version:
        return ()
    document = pack.documents["texts.yaml"]
    what = (
        "was changed, but its 'version' was not: who has seen the old one is not shown the new. If its meaning changed"
    )
    return (document.mistake(("disclaimer", "text"), f"the disclaimer {what}, raise the version"),)


def _summary(content: Content) -> str:
    wordings = sum(len(entry.phrasings) for entry in content.entries)
    outside = len(content.outside.near) + len(content.outside.far)
    signs = len(content.danger.signs) if content.danger else 0
    return (
        f"{len(content.entries)} entries with {wordings} wordings, {len(content.sections)} sections, "
        f"{len(content.sources)} sources, {len(content.smalltalk)} kinds of small talk, {outside} messages "
        f"that nothing answers, {signs} danger signs."
    )
