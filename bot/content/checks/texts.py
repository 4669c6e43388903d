"""Every text that people are shown, and what is wrong in any of them: names in braces, asterisks."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.content.documents import Document, Documents, YamlPath
from bot.content.explanations import owner
from bot.content.mistakes import Mistake, suggestion

FIRST_AID = "first_aid"  # where a reply puts what its signs add; no region fills it
WORDINGS = "phrasings"  # thousands of texts that nobody is shown
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
BRACES = re.compile(r"[{}]")
BOLD = re.compile(r"\*\*(\S.*?)\*\*")
# The fields of each file that hold what people read; a name ends where its text is, at any depth below.
SHOWN: dict[str, tuple[str, ...]] = {
    "faq.yaml": ("question", "verdict", "now", "call", "more"),
    "sections.yaml": ("text",),
    "smalltalk.yaml": ("reply",),
    "pages.yaml": ("text",),
    "danger.yaml": ("caution", "general", "cry", "text", "after", "first_aid"),
    "card.yaml": ("text", "outdated", "parent", "kept", "means", "extra"),
    "note.yaml": ("intro", "ask", "says", "text", "nothing"),
    "languages.yaml": ("line", "danger", "unread"),
    "ages.yaml": (
        "verdict",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "half",
        "about",
        "corrected",
        "mark",
        "caption",
        "ask",
        "window",
        "before",
        "within",
        "after",
        "beyond",
        "button",
    ),
}
NOT_SHOWN = {"examples", "favourites"}  # lists of ids
# What stands on buttons, in Telegram's own lists or in a moment's notice, where no placeholder is filled.
BARE = (
    "title",
    "label",
    "labels",
    "button",
    "thanks_yes",
    "thanks_no",
    "not_forgotten",
    "nothing_held",
    "not_yours",
    "profile",
    "open",
    "danger_hint",
    "why",
    "accept",
    "outside",
    "set_aside",
    "drop",
    "next",
)
# Names that a text has of its own, and must have.
OWN: dict[tuple[str, ...], tuple[str, ...]] = {
    ("texts.yaml", "frame", "asked"): ("question",),
    ("texts.yaml", "frame", "source"): ("name",),
    ("texts.yaml", "frame", "sources"): ("names",),
    ("texts.yaml", "frame", "reviewed"): ("date",),
    ("texts.yaml", "country", "chosen"): ("country",),
    ("texts.yaml", "sharing", "kept"): ("words",),
    ("ages.yaml", "words", "weeks"): ("number",),
    ("ages.yaml", "words", "months"): ("number",),
    ("ages.yaml", "words", "years"): ("number",),
    ("ages.yaml", "words", "about"): ("weeks", "months"),
    ("ages.yaml", "words", "corrected"): ("age", "corrected"),
    ("ages.yaml", "chart", "texts", "mark"): ("age",),
    ("ages.yaml", "chart", "texts", "button"): ("number",),
    ("ages.yaml", "chart", "texts", "caption"): ("age", "groups"),
    ("ages.yaml", "chart", "texts", "window"): ("name", "from", "to"),
    ("ages.yaml", "chart", "texts", "before"): ("windows",),
    ("ages.yaml", "chart", "texts", "within"): ("windows",),
    ("ages.yaml", "chart", "texts", "after"): ("windows",),
}
AGE = "age"  # what stands for a told age in a verdict at an age
# What a report on how the bot is used tells.
FIGURES = (
    "from", "to", "people", "people_week", "questions", "answered", "choices", "unknown", "smalltalk", "danger",
    "not_meant", "none_of_these", "helpful", "unhelpful", "entries", "signs",
)  # fmt: skip
# Names that a text may have of its own.
MAY: dict[tuple[str, ...], tuple[str, ...]] = {
    ("texts.yaml", "sharing", "kept"): ("days",),
    ("texts.yaml", "forgotten"): ("disclaimer", "votes", "countries"),
    ("texts.yaml", "status"): (
        "version", "content", "mode", "uptime", "answered", "dropped", "store", "reloads", "reload",
    ),
    ("texts.yaml", "inbox", "item"): ("number", "total", "times", "day", "words", "nearest", "chance", "why"),
    ("texts.yaml", "inbox", "trial"): ("words", "entry", "better", "worse", "total"),
    ("texts.yaml", "inbox", "refused"): ("words", "entry", "better", "worse", "total", "lost"),
    ("texts.yaml", "inbox", "accepted"): ("times",),
    ("texts.yaml", "admin", "report"): FIGURES,
    ("texts.yaml", "admin", "digest"): FIGURES,
    ("texts.yaml", "admin", "was_down"): ("minutes",),
    ("note.yaml", "intro"): ("step", "steps"),
    ("note.yaml", "says"): ("answer",),
    ("ages.yaml", "chart", "texts", "beyond"): ("age",),
}  # fmt: skip


@dataclass(frozen=True)
class ShownText:
    """A text that people read, and the names in braces that are its own. `is_filled`: regions fill the others."""

    document: Document
    place: YamlPath
    text: str
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    is_filled: bool = True

    @property
    def name(self) -> str:
        return str(next(step for step in reversed(self.place) if isinstance(step, str)))

    def mistake(self, what: str) -> Mistake:
        return self.document.mistake(self.place, f"{owner(self.document, self.place)}'{self.name}' {what}")


def shown_texts(documents: Documents) -> Iterator[ShownText]:
    """Every text that people are shown, in the order of the files."""
    for name, document in documents.items():
        kind = document.kind or name
        if kind not in SHOWN and kind != "texts.yaml":
            continue
        for place, text in _texts(document.data, ()):
            steps = tuple(step for step in place if isinstance(step, str))
            is_bare = any(step in BARE for step in steps)
            if (
                steps
                and (kind == "texts.yaml" or steps[-1] in SHOWN[kind] or is_bare)
                and not NOT_SHOWN.intersection(steps)
            ):
                yield _shown(document, kind, place, text, is_bare)


def text_mistakes(shown: Collection[ShownText], documents: Documents) -> Iterator[Mistake]:
    """Braces that nobody fills, or that are missing; and a {first_aid} within a paragraph."""
    everywhere = documents["regions.yaml"].at(("everywhere",)) if "regions.yaml" in documents else None
    values = tuple(everywhere) if isinstance(everywhere, dict) else ()
    for each in shown:
        known = (*each.must, *each.may, *(values if each.is_filled else ()))
        found = PLACEHOLDER.findall(each.text)
        for name in found:
            if name not in known:
                where = "is not filled in here" if not each.is_filled else "is not in 'everywhere' of regions.yaml"
                yield each.mistake(f"names {{{name}}}, which {where}{suggestion(name, known)}")
        for name in each.must:
            if name not in found:
                yield each.mistake(f"lacks {{{name}}}, which the bot fills in")
        if BRACES.search(PLACEHOLDER.sub("", each.text)):
            yield each.mistake("has a single { or }: a name in braces is written {so}")
        if f"{{{FIRST_AID}}}" in each.text and f"{{{FIRST_AID}}}" not in each.text.split("\n\n"):
            yield each.mistake(f"{{{FIRST_AID}}} should be a paragraph of its own, with an empty line above and below")


def text_warnings(shown: Collection[ShownText]) -> Iterator[Mistake]:
    for each in shown:
        if found := BOLD.search(each.text):
            yield each.mistake(f"shows its asterisks in '{found[0][:30]}': bold is <b>so</b>")


def _shown(document: Document, kind: str, place: YamlPath, text: str, is_bare: bool) -> ShownText:
    steps = tuple(step for step in place if isinstance(step, str))
    must = OWN.get((kind, *steps), ())
    may = MAY.get((kind, *steps), ()) or MAY.get((kind, steps[-1]), ())
    if kind == "danger.yaml" and steps[0] == "replies":
        may = (FIRST_AID,)
    if steps[-1] == "verdict" and ("at_age" in steps or "line" in steps):
        may = (AGE,)
    return ShownText(document, place, text.strip(), must, may, not is_bare)


def _texts(data: object, place: YamlPath) -> Iterator[tuple[YamlPath, str]]:
    match data:
        case str():
            yield place, data
        case list():
            for index, each in enumerate(data):
                yield from _texts(each, (*place, index))
        case dict():
            for name, each in data.items():
                if name != WORDINGS:
                    yield from _texts(each, (*place, str(name)))
