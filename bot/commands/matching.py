"""What `check` tells of matching: how the entries whose wordings changed are understood."""

import sys
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.commands.opening import DATA, counted, progress_bar, read_json, write_json
from bot.content import Loaded
from bot.content.checks.wordings import all_wordings, wording_key
from bot.evaluation.matching import EntryMatching, HeldBack, MatchingTrial
from bot.operation.model_store import encoder, keep_vectors, kept_vectors
from bot.understanding.examples import OUTSIDE, examples_of, levels_of
from bot.understanding.learning import VectorCache, key_of

STATE = "wordings.json"  # in the data folder: what a check found last
QUICK = 4_000  # texts that are read without being asked for: half a minute
SURE = 0.9  # a wording that is taken for another answer with this chance may stand in the wrong place
HOLDING_BACK = "Holding wordings back, to see how they are understood"

Known = dict[str, list[int]]  # by owner, the wordings by `key_of` what they say


@dataclass(frozen=True)
class Changed:
    """Since the last check: entries whose wordings changed, and the wordings that are new."""

    entries: tuple[str, ...]
    texts: frozenset[str]


def changed_since(pack: Loaded, folder: Path) -> Changed:
    """What changed since the last check of this folder, which is noted; nothing at the first one."""
    now: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for each in all_wordings(pack.documents):
        now[each.owner][key_of(each.key)] = each.text
    path, name = DATA / STATE, str(folder.resolve())
    known: dict[str, Known] = read_json(path)
    before = known.get(name)
    write_json(path, known | {name: {owner: list(texts) for owner, texts in now.items()}})
    if before is None:
        return Changed((), frozenset())
    entries = tuple(
        owner for owner in now if set(now[owner]) != set(before.get(owner, ())) and owner in pack.content.by_id
    )
    fresh = {
        text for owner, texts in now.items() for key, text in texts.items() if key not in set(before.get(owner, ()))
    }
    return Changed(entries, frozenset(fresh))


def tell_matching(pack: Loaded, changed: Changed, wanted: bool) -> None:
    """How changed entries are understood, or all of them where that is `wanted`."""
    content = pack.content
    entries = [entry.id for entry in content.entries] if wanted else changed.entries
    if not entries and not changed.texts:
        return
    examples = examples_of(content)
    cache = VectorCache(kept_vectors(DATA))
    missing = sum(key_of(example.text) not in cache.vectors for example in examples)
    if missing > QUICK and not wanted:
        what = "check --matching tells how the changed wordings are understood; the first time it takes some minutes."
        sys.stdout.write(what + "\n")
        return
    with progress_bar(HOLDING_BACK, len(examples) + MatchingTrial.steps()) as step:
        vectors = cache.of([example.text for example in examples], encoder(), step)
        keep_vectors(cache, DATA)
        trial = MatchingTrial(examples, vectors, lambda: step(1))
        found = trial.of(entries)
        levels = [sign for sign, level in levels_of(content).items() if sign != level]
        alarms = trial.alarms(changed.texts, levels, content.thresholds.danger) if levels else ()
    _print(found, alarms, _places(pack))


def _print(found: Collection[EntryMatching], alarms: Collection[HeldBack], places: Mapping[str, str]) -> None:
    for each in found:
        near = ", ".join(f"{_named(label)} {share:.0%}" for label, share in each.neighbours)
        sys.stdout.write(
            f"\n{each.entry}: of {counted(each.wordings, 'wording')} held back, {each.understood} "
            f"{'is' if each.understood == 1 else 'are'} understood ({each.share:.0%})"
            f"{f'; its neighbours: {near}' if near else ''}.\n"
        )
        if each.more:
            sys.stdout.write(f"  About {each.more} more, in other people's words, would bring it to the others.\n")
        if each.in_the_way:
            sys.stdout.write("  In its way:\n" + "".join(f"    {_at(places, text)}\n" for text in each.in_the_way))
        sure = [misread for misread in each.misread if misread.chance >= SURE]
        if sure:
            sys.stdout.write("  Are these in the right place?\n")
        for misread in sure:
            sys.stdout.write(f"    {_at(places, misread.text)} reads like {_named(misread.taken_for)}\n")
    if alarms:
        sys.stdout.write("\nHeld back, these would raise an alarm. Write more that only sound like it:\n")
    for alarm in alarms:
        sys.stdout.write(f"    {_at(places, alarm.text)} ({alarm.taken_for}, {alarm.chance:.0%})\n")


def _places(pack: Loaded) -> dict[str, str]:
    """Where each wording stands, by what it says."""
    return {each.key: f"{each.document.name}:{each.document.line(each.place)}" for each in all_wordings(pack.documents)}


def _at(places: Mapping[str, str], text: str) -> str:
    key = wording_key(text)
    return f"{places[key]}: {text}" if key in places else text


def _named(label: str) -> str:
    return "outside.yaml" if label == OUTSIDE else f"'{label.lstrip('*')}'"
