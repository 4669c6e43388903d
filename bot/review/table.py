"""All danger rules as one page of Markdown, for a clinician to read and sign."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.content import Content
from bot.content.danger import ALARMING, LEVELS, DangerRules, DangerSign, Level, Rule
from bot.content.markup import plain
from bot.content.samples import SignSamples
from bot.review import readable
from bot.review.frame import FOR_ALL, HEAD, NO_SOURCE, SIGN_OFF

MARKS = re.compile(r"[\\`*_|\[\]#]")  # what Markdown may take for something else than text
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BOLD = re.compile(r"</?b>")


@dataclass(frozen=True)
class Page:
    """What is printed: the codes of the pack and of its danger rules, the day, and maybe only one level."""

    pack: str
    rules: str
    day: datetime.date
    level: Level | None = None
    values: Mapping[str, str] = field(default_factory=dict)  # what {placeholders} of the replies stand for


def triage_table(content: Content, rules: DangerRules, page: Page) -> str:
    """The page, as Markdown."""
    signs = [sign for sign in rules.signs if page.level in (None, sign.level)]
    blocks = [_head(content, rules, signs, page), *_replies(rules, signs, page)]
    for level in LEVELS:
        here = [sign for sign in signs if sign.level == level]
        blocks += [f"## {level.capitalize()}"] if here else []
        blocks += [block for sign in here for block in _sign(content, rules, sign, page)]
    blocks.append(_for_all(rules))
    nothing = content.danger_samples.nothing
    blocks += ["## Raises nothing", _listed("Samples that must raise no sign at all", nothing)] if nothing else []
    blocks.append(SIGN_OFF.format(rules=page.rules))
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _head(content: Content, rules: DangerRules, signs: list[DangerSign], page: Page) -> str:
    count = f"{len(signs)} of {len(rules.signs)} signs, {sum(len(sign.rules) for sign in signs)} rules"
    alarms = sum(len(getattr(content.alarms, level)) for level in ALARMING)
    return HEAD.format(pack=page.pack, rules=page.rules, day=page.day.isoformat(), count=count, alarms=alarms)


def _replies(rules: DangerRules, signs: list[DangerSign], page: Page) -> Iterator[str]:
    yield "## Replies"
    used = {name for sign in signs for name in (sign.reply, sign.then) if name}
    for name, reply in rules.replies.items():
        if name in used:
            quoted = "\n".join(f"> {line}".rstrip() for line in _marked(reply.text, page).split("\n"))
            yield f"### Reply: {name}\n\n{quoted}"


def _sign(content: Content, rules: DangerRules, sign: DangerSign, page: Page) -> Iterator[str]:
    yield f"### {sign.id.replace('_', ' ')} (`{sign.id}`)"
    rows = [_row(number, rule) for number, rule in enumerate(sign.rules, 1)]
    yield "\n".join(["| | what must be said | what stops it | age |", "|---|---|---|---|", *rows])
    samples = content.danger_samples.signs.get(sign.id, SignSamples())
    names = [f"{content.sources[each].organisation}: {content.sources[each].title}" for each in sign.sources]
    facts = {
        "Groups": " — ".join(_escaped(each) for each in readable.groups(sign.rules, rules.classes)) or "none",
        "Counts": readable.conditions(sign),
        "Reply": sign.reply + (f", then {sign.then}" if sign.then else ""),
        "Added line": _marked(sign.extra, page).replace("\n", " ") if sign.extra else "none",
        "In other languages": _abroad(content, sign),
        "Sources": "; ".join(_escaped(name) for name in names) or NO_SOURCE,
    }
    yield "\n".join(f"- {name}: {said}" for name, said in facts.items())
    yield _listed("Must raise it", samples.triggers)
    yield _listed("Must not raise it", samples.lookalikes)


def _abroad(content: Content, sign: DangerSign) -> str:
    """Every phrase of other languages that raises the sign, whatever stands around it."""
    said = {language: signs[sign.id] for language, signs in content.abroad.items() if sign.id in signs}
    return "; ".join(f"{each}: {_escaped(', '.join(phrases))}" for each, phrases in said.items()) or "none"


def _for_all(rules: DangerRules) -> str:
    lists = {title: getattr(rules, field) for field, title in FOR_ALL.items()}
    said = [f"- {title}: {_escaped(readable.wordings(' | '.join(each)))}" for title, each in lists.items() if each]
    return "\n".join(["## What holds for every rule", "", *said])


def _row(number: int, rule: Rule) -> str:
    parts = [_escaped(readable.wordings(part)) for part in rule.all]
    said = "<br>**and**<br>".join(parts) + (f"<br>{near}" if (near := readable.nearness(rule)) else "")
    stops = _escaped(readable.wordings(rule.unless)) if rule.unless else "nothing"
    return f"| {number} | {said} | {stops} | {readable.age(rule)} |"


def _listed(heading: str, samples: tuple[str, ...]) -> str:
    return "\n".join([f"{heading}:", "", *(f"- {_escaped(each)}" for each in samples or ("no sample",))])


def _escaped(text: str) -> str:
    """Plain text that Markdown takes for nothing else, in a table too."""
    return MARKS.sub(r"\\\g<0>", text).replace("<", "&lt;").replace("\n", " ")


def _marked(text: str, page: Page) -> str:
    """Telegram's HTML as Markdown: bold stays bold, all else is plain; placeholders are filled or named."""
    text = PLACEHOLDER.sub(lambda found: page.values.get(found[1], f"‹{found[1].replace('_', ' ')}›"), text)
    return "**".join(_escaped_lines(plain(each)) for each in BOLD.split(text))


def _escaped_lines(text: str) -> str:
    return "\n".join(_escaped(line) for line in text.split("\n"))
