"""All danger signs as one page of Markdown, for a clinician to read and sign."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.content import Content
from bot.content.danger import LEVELS, Danger, Level, Sign, phrase_of, sentence_of
from bot.content.markup import plain
from bot.understanding import Meaning

MARKS = re.compile(r"[\\`*_|\[\]#]")  # what Markdown may take for something else than text
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BOLD = re.compile(r"</?b>")
LEARNT_SHOWN = 12  # wordings of a sign from which the bot learns that are printed; the rest is counted
NO_SOURCE = "none was read for this sign"
HEAD = """\
# Danger signs: what the bot listens for, and what it replies

**Not reviewed by a clinician.** It is a draft until somebody qualified has read it and signed below.

| | |
|---|---|
| Content pack | `{pack}` |
| Danger signs | `{code}` |
| Printed on | {day} |
| Holds | {count} |

The two codes change with the content: a signature is for these danger signs only.

The bot reads every message for these signs before it answers anything, in two ways. It has **learnt** from
{learnt} wordings how each danger is told, and from {harmless} others what only sounds like it; how likely a
danger must be is set in `thresholds.yaml`. Beneath that lie **phrases** that prove a sign wherever they stand; only
a "no" among the three words before one stops it. Where danger is less likely, the ordinary answer stands under this:

> {caution}

After each sample stands what the bot makes of it today.
"""
SIGN_OFF = """\
## Sign-off

To be filled in by a clinician. Strike out what does not apply, and write changes beside it.

| | |
|---|---|
| Read: signs `{code}` and replies | agreed / agreed with the changes noted / not agreed |
| Name | |
| Role and registration | |
| Date | |
| Signature | |
"""


@dataclass(frozen=True)
class ClinicianPage:
    """What is printed: the codes of the pack and of its danger signs, the day, and maybe only one level."""

    pack: str
    code: str
    day: datetime.date
    level: Level | None = None
    values: Mapping[str, str] = field(default_factory=dict)  # what {placeholders} of the replies stand for


def clinicians_page(content: Content, danger: Danger, page: ClinicianPage, read: Callable[[str], Meaning]) -> str:
    """The page, as Markdown; `read` is how the bot understands a sample."""
    signs = [sign for sign in danger.signs if page.level in (None, sign.level)]
    blocks = [_head(content, danger, signs, page), *_replies(danger, signs, page)]
    for level in LEVELS:
        here = [sign for sign in signs if sign.level == level]
        blocks += [f"## {level.capitalize()}"] if here else []
        blocks += [block for sign in here for block in _sign(content, sign, page, read)]
    blocks.append(SIGN_OFF.format(code=page.code))
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _head(content: Content, danger: Danger, signs: list[Sign], page: ClinicianPage) -> str:
    phrases = sum(len(samples) for sign in signs for samples in sign.phrases.values())
    ids = {sign.id for sign in danger.signs}
    learnt = sum(len(texts) for name, texts in content.alarms.items() if name in ids)
    return HEAD.format(
        pack=page.pack,
        code=page.code,
        day=page.day.isoformat(),
        count=f"{len(signs)} of {len(danger.signs)} signs, {phrases} phrases",
        learnt=learnt,
        harmless=sum(map(len, content.alarms.values())) - learnt,
        caution=_marked(danger.caution, page),
    )


def _replies(danger: Danger, signs: list[Sign], page: ClinicianPage) -> Iterator[str]:
    yield "## Replies"
    used = {name for sign in signs for name in (sign.reply_name, sign.then) if name}
    for name, reply in danger.replies.items():
        if name in used:
            quoted = "\n".join(f"> {line}".rstrip() for line in _marked(reply.text, page).split("\n"))
            yield f"### Reply: {name}\n\n{quoted}"


def _sign(content: Content, sign: Sign, page: ClinicianPage, read: Callable[[str], Meaning]) -> Iterator[str]:
    yield f"### {sign.id.replace('_', ' ')} (`{sign.id}`)"
    names = [f"{content.sources[each].organisation}: {content.sources[each].title}" for each in sign.sources]
    learnt = content.alarms.get(sign.id, ())
    abroad = {language: samples for language, samples in sign.phrases.items() if language != "en"}
    facts = {
        "What": _escaped(sign.what),
        "Reply": sign.reply_name + (f", then {sign.then}" if sign.then else ""),
        "First aid": _marked(sign.first_aid, page).replace("\n", " ") if sign.first_aid else "none",
        "Age": f"from {sign.until:g} months on it is `{sign.older}`" if sign.until else "any",
        "Sources": "; ".join(_escaped(name) for name in names) or NO_SOURCE,
        "In other languages": _phrases(abroad) or "none",
        f"Learnt from {len(learnt)} wordings, such as": _escaped(" / ".join(learnt[:LEARNT_SHOWN])) or "none",
    }
    yield "\n".join(f"- {name}: {said}" for name, said in facts.items())
    samples = [
        f"| {_escaped(phrase_of(sample))} | {_escaped(sentence_of(sample))} | {_made_of(read(sentence_of(sample)))} |"
        for sample in sign.phrases.get("en", ())
    ]
    if samples:
        yield "\n".join(["| phrase | sample | the bot hears |", "|---|---|---|", *samples])


def _made_of(meaning: Meaning) -> str:
    finding = meaning.finding
    if finding.level:
        return f"{finding.level}: {', '.join(finding.signs)}"
    return "caution" if finding.caution or finding.general or finding.cry else "no danger"


def _phrases(by_language: Mapping[str, tuple[str, ...]]) -> str:
    said = (f"{name}: {_escaped(', '.join(map(phrase_of, samples)))}" for name, samples in by_language.items())
    return "; ".join(said)


def _escaped(text: str) -> str:
    """Plain text that Markdown takes for nothing else, in a table too."""
    return MARKS.sub(r"\\\g<0>", text).replace("<", "&lt;").replace("\n", " ")


def _marked(text: str, page: ClinicianPage) -> str:
    """Telegram's HTML as Markdown: bold stays bold, all else is plain; placeholders are filled or named."""
    text = PLACEHOLDER.sub(lambda found: page.values.get(found[1], f"‹{found[1].replace('_', ' ')}›"), text)
    return "**".join("\n".join(map(_escaped, plain(each).split("\n"))) for each in BOLD.split(text))
