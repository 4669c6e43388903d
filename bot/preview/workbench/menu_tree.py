"""Everything that can be opened without a question, as a tree: sections, answers, pages, and what is tapped through."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content import Content
from bot.preview.refusals import Json
from bot.preview.workbench.edition import Edition, entry_spots
from bot.replies.presses import OpenEntry, OpenSection
from bot.replies.speaker import ACTIONS, FLOWS


def tree_of(edition: Edition) -> list[Json]:
    """The branches. A leaf has what shows it in the chat: a text to `say`, or the data of a button to `press`."""
    content = edition.speaker.content
    told = {entry for section in content.sections for entry in section.entries}
    spots = entry_spots(edition.documents)
    loose = [_entry(content, entry.id, spots) for entry in content.entries if entry.id not in told]
    branches = [
        _branch("Sections", list(_sections(edition, spots))),
        _branch("In no section" if content.sections else "Answers", loose),
        _branch("Pages", list(_commands(edition, is_flow=False))),
        _branch("Tapped through", list(_commands(edition, is_flow=True))),
    ]
    return [branch for branch in branches if branch["children"]]


def _branch(title: str, children: list[Json]) -> Json:
    return {"title": title, "kind": "branch", "children": children}


def _sections(edition: Edition, spots: dict[str, Json]) -> Iterator[Json]:
    content = edition.speaker.content
    for number, section in enumerate(content.sections):
        yield {
            "title": section.title,
            "kind": "section",
            "press": OpenSection(section.id).data(),
            "place": edition.spot("sections.yaml", (number,)),
            "children": [_entry(content, entry, spots, section.id) for entry in section.entries],
        }


def _entry(content: Content, entry: str, spots: dict[str, Json], section: str | None = None) -> Json:
    found = content.by_id[entry]
    return {
        "title": found.title,
        "about": found.question,
        "kind": "entry",
        "id": found.id,
        "press": OpenEntry(found.id, section).data(),
        "place": spots.get(found.id),
    }


def _commands(edition: Edition, is_flow: bool) -> Iterator[Json]:
    """The commands, those in Telegram's menu first; `status` is for admins, whom a preview has none of."""
    speaker = edition.speaker
    flows = {"country", *(flow.command for flow in FLOWS)}
    listed = {page.command: (number, page) for number, page in enumerate(speaker.content.pages)}
    for command in dict.fromkeys((*listed, *speaker.commands)):
        if (command in flows) is not is_flow or (command in ACTIONS and command not in listed):
            continue
        number, page = listed.get(command, (None, None))
        yield {
            "title": f"/{command}",
            "about": page.description if page else "",
            "kind": "flow" if is_flow else "page",
            "say": f"/{command}",
            "place": edition.spot("pages.yaml", (number,)) if number is not None else None,
        }
