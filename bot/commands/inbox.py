"""`inbox` and `export`: what parents let the authors see, what it is taken for, and how it gets into the content."""

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bot.commands.opening import counted, give_up, open_content, open_pack, open_settings, open_understanding
from bot.content.appending import AppendError, append_wordings, write_draft
from bot.content.checks.wordings import all_wordings, wording_key
from bot.content.mistakes import suggestion
from bot.evaluation.inbox import Cluster, Effect, answers_of
from bot.operation.inbox import OUTSIDE, AcceptedWatch, WordingInbox
from bot.replies import Speaker
from bot.store import Store, StoreError, open_store

WHY = {
    "danger": "tells of danger",
    "aside": "set aside: write it an answer",
    "outside": "taken for another subject",
    "unsure": "not sure enough",
    "none": "offered, none was it",
    "no": "given, did not help",
    "now": "would be given now",
}
SHOWN = 4  # wordings of a cluster
_Found = TypeVar("_Found")


def show(folder: Path | None, as_json: bool) -> None:
    """What waits, the most frequent first."""

    async def work(inbox: WordingInbox) -> tuple[Cluster, ...]:
        return await inbox.clusters(aside=True)

    clusters = _with_inbox(folder, work)
    if as_json:
        sys.stdout.write(json.dumps([each.to_json() for each in clusters], ensure_ascii=False, indent=2) + "\n")
        return
    if not clusters:
        sys.stdout.write("Nothing waits. Wordings come when parents tap the button under an answer that is missing.\n")
        return
    table = Table("id", "times", "since", "wordings", "nearest", "chance", "why not given", show_lines=True)
    for each in clusters:
        texts = [wording.text for wording in each.wordings]
        more = [f"... and {len(texts) - SHOWN} more"] if len(texts) > SHOWN else []
        day = min(wording.day for wording in each.wordings).isoformat()
        table.add_row(
            each.id, str(len(texts)), day, "\n".join([*texts[:SHOWN], *more]), each.nearest or "-",
            f"{each.chance:.0%}", WHY[each.why],
        )  # fmt: skip
    Console(highlight=False).print(table)
    sys.stdout.write("Next: inbox assign ID ENTRY, inbox outside ID, inbox new ID NEW-ENTRY, or inbox drop ID\n")


def assign(wording: str, entry: str, folder: Path | None) -> None:
    """Take a cluster for an entry's wordings, at once, if nothing is broken by that."""

    async def work(inbox: WordingInbox) -> None:
        entries = inbox.content.by_id
        if entry != OUTSIDE and entry not in entries:
            give_up(f"there is no entry '{entry}'{suggestion(entry, entries)}")
        answer = entry if entry == OUTSIDE else entries[entry].id  # a former id will do, too
        result = await inbox.accept(await _cluster(inbox, wording), answer)
        _tell(result.effect)
        if not result.effect.is_harmless:
            lost = "\n".join(f"  {each}" for each in result.effect.worse)
            give_up(f"Not taken over: these questions would be answered worse:\n{lost}")
        if not result.taken:
            give_up(f"{wording}: somebody else was quicker; nothing was changed")
        what = "no answer" if entry == OUTSIDE else f"'{entry}'"
        sys.stdout.write(f"{counted(result.taken, 'wording')} for {what}: every running bot knows within seconds.\n")

    _with_inbox(folder, work)


def outside(wording: str, folder: Path | None) -> None:
    assign(wording, OUTSIDE, folder)


def drop(wording: str, folder: Path | None) -> None:
    async def work(inbox: WordingInbox) -> None:
        gone = await inbox.drop(await _cluster(inbox, wording))
        sys.stdout.write(f"{counted(gone, 'wording')} deleted.\n")

    _with_inbox(folder, work)


def new(wording: str, entry: str, folder: Path | None) -> None:
    """Write a draft of an entry with a cluster's wordings, which then wait no more."""
    pack = folder or open_settings().content_dir

    async def work(inbox: WordingInbox) -> None:
        cluster = await _cluster(inbox, wording)
        try:
            path = write_draft(pack, entry, [each.text for each in cluster.wordings])
        except (AppendError, OSError) as error:
            give_up(str(error))
        await inbox.drop(cluster)
        sys.stdout.write(f"{path}: write the answer there; how is said in its first lines.\n")

    _with_inbox(folder, work)


def export(folder: Path | None) -> None:
    """Write what was accepted into the content's files; what stands there already is then kept no longer."""
    pack = folder or open_settings().content_dir
    opened = open_pack(pack)
    documents, entries = opened.documents, opened.content.by_id
    there = {each.key for each in all_wordings(documents)}

    async def work(store: Store) -> None:
        accepted = await store.wordings.accepted()
        done = [each.id for each in accepted if wording_key(each.text) in there]
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for text, answer in answers_of([each for each in accepted if each.id not in done], entries):
            wanted[answer].append(text)
        failed, written = [], 0
        for answer, texts in wanted.items():
            try:
                path = append_wordings(pack, "" if answer == OUTSIDE else answer, tuple(dict.fromkeys(texts)))
            except (AppendError, OSError) as error:
                failed.append(str(error))
            else:
                written += 1
                sys.stdout.write(f"{path}: {counted(len(texts), 'wording')} added.\n")
        await store.wordings.drop(done)
        if done:
            sys.stdout.write(f"{counted(len(done), 'wording')} stood in the content already and are kept no longer.\n")
        if failed:
            give_up("\n".join(failed))
        if written:
            sys.stdout.write("Read them, run `python -m bot check`, commit. Once that content runs, export again.\n")
        elif not done:
            sys.stdout.write("Nothing was accepted that the content does not have.\n")

    _with_store(work)


def accepted() -> None:
    """What was accepted and is not in the content yet."""

    async def work(store: Store) -> None:
        found = await store.wordings.accepted()
        table = Table("id", "day", "taken for", "wording")
        for each in found:
            table.add_row(
                each.id, each.day.isoformat(), "no answer" if each.answer == OUTSIDE else each.answer, each.text
            )
        Console(highlight=False).print(table)
        sys.stdout.write("To take one back: inbox back ID\n" if found else "Nothing is accepted.\n")

    _with_store(work)


def back(wording: str) -> None:
    """Let a wording that was accepted wait again."""

    async def work(store: Store) -> None:
        if not await store.wordings.take_back([wording]):
            give_up(f"{wording}: no such wording was accepted: see `python -m bot inbox accepted`")
        sys.stdout.write("It waits again; every running bot forgets it within seconds.\n")

    _with_store(work)


async def _cluster(inbox: WordingInbox, wording: str) -> Cluster:
    found = await inbox.cluster(wording)
    if found is None:
        give_up(f"{wording}: no such wording waits: see `python -m bot inbox`")
    return found


def _tell(effect: Effect) -> None:
    if effect.questions:
        better, worse = len(effect.better), len(effect.worse)
        sys.stdout.write(f"Of {effect.questions} questions: +{better} better, {worse} broken.\n")
    else:
        sys.stdout.write("There are no question sets about this content, so what else it changes is not known.\n")


def _with_inbox(folder: Path | None, work: Callable[[WordingInbox], Awaitable[_Found]]) -> _Found:
    pack = folder or open_settings().content_dir
    content = open_content(pack)
    speaker = Speaker(content, open_understanding(content, pack))

    async def opened(store: Store) -> _Found:
        watch = AcceptedWatch(store, lambda: speaker, lambda _: None)
        await watch.look()
        known = speaker.with_accepted(watch.accepted)
        return await work(WordingInbox(store, lambda: known, pack))

    return _with_store(opened)


def _with_store(work: Callable[[Store], Awaitable[_Found]]) -> _Found:
    async def opened() -> _Found:
        store = await open_store(open_settings().database_url)
        try:
            return await work(store)
        finally:
            await store.close()

    try:
        return asyncio.run(opened())
    except StoreError as error:
        give_up(str(error))
