"""What is said to a message that tells of danger."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.content import Content
from bot.content.danger import DangerRules, DangerSign, Level, Offer
from bot.content.placeholders import FIRST_AID
from bot.language import BY_WORDING, Meaning
from bot.replies import menus
from bot.replies.answers import to_entry
from bot.replies.places import Place, everywhere
from bot.replies.presses import HelpParent, NotMeant, OtherCountry, Press
from bot.replies.reply import Button, Reply, Rows
from bot.replies.rows import card_row, entry_rows, note_row

BETWEEN = "\n\n"  # two paragraphs
EXTRAS = f"{{{FIRST_AID}}}"


@dataclass(frozen=True)
class Said:
    """What a sign adds to a danger reply: which text, which further lines, which second text."""

    reply: str
    extras: tuple[str, ...] = ()
    then: str | None = None


def with_danger(content: Content, meaning: Meaning, place: Place, otherwise: Callable[[], Reply]) -> Reply:
    """The danger reply when there is danger; else the ordinary one, with a line for what to look at."""
    rules = content.danger
    if rules is None:
        return otherwise()
    level = meaning.finding.level
    if level is None and (meaning.failed or meaning.finding.in_general):
        signs = to_entry(content, content.by_id[rules.entry]).followed_by(place.fill(rules.general_note))
        return signs.offering(*card_row(content))
    if level is None:
        return _with_caution(content, otherwise()) if meaning.uneasy else otherwise()
    found = _signs(rules, meaning, level)
    if level == "soon":
        return _with_soon(content, rules, found, place, otherwise())
    return _to_danger(content, rules, meaning, level, found, place)


def to_other_answer(content: Content, rules: DangerRules, entry: str | None, place: Place) -> Reply:
    """What a message would have been answered without its danger, under the numbers once more."""
    known = content.by_id.get(entry or "")
    reply = to_entry(content, known) if known else menus.to_menu(content)
    return reply.preceded_by(place.fill(rules.not_meant.text)) if rules.not_meant else reply


def to_all_numbers(content: Content, offer: Offer) -> Reply:
    return Reply("text", everywhere(content.regions).fill(offer.text))


def to_parent(rules: DangerRules, offer: Offer, place: Place) -> Reply:
    """Help for the parent: nothing about babies who crawl."""
    rows = offer_rows(rules.other_country, OtherCountry()) if place.known else ()
    return Reply("text", place.fill(offer.text), rows)


def offer_rows(offer: Offer | None, press: Press) -> Rows:
    return ((Button(offer.button, press.data()),),) if offer else ()


def text_of(rules: DangerRules, said: Iterable[Said]) -> str:
    """Each reply once, each with the further lines of its signs."""
    said = tuple(said)
    replies = dict.fromkeys(each for one in said for each in (one.reply, one.then) if each)
    extras = {
        reply: dict.fromkeys(extra for one in said if one.reply == reply for extra in one.extras) for reply in replies
    }
    texts = [
        (rules.replies[reply].after if number else None) or rules.replies[reply].text
        for number, reply in enumerate(replies)
    ]
    return BETWEEN.join(map(_with_extras, texts, map(tuple, extras.values())))


def _with_extras(text: str, extras: tuple[str, ...]) -> str:
    parts = text.split(BETWEEN)
    place = parts.index(EXTRAS) if EXTRAS in parts else len(parts)
    return BETWEEN.join((*parts[:place], *extras, *parts[place + 1 :]))


def _to_danger(
    content: Content,
    rules: DangerRules,
    meaning: Meaning,
    level: Level,
    signs: tuple[DangerSign, ...],
    place: Place,
) -> Reply:
    # A danger that no rule describes has its level's words.
    told = {sign.level for sign in meaning.finding.signs if sign.id == BY_WORDING}
    unruled = [Said(level)] if level in told else []
    parent = [Said("crisis")] if level == "emergency" and "crisis" in told else []
    text = text_of(rules, (*unruled, *map(_said, signs), *parent))
    distress = any(sign.level == "crisis" for sign in meaning.finding.signs) or any(sign.then for sign in signs)
    help_entries = () if level == "crisis" else rules.help  # about the baby: no help to a parent in crisis
    other = meaning.ranked[0].id if meaning.decision == "answer" and rules.not_meant else None
    rows: Rows = (
        *entry_rows(content, help_entries, kept=True),
        *(note_row(content) if level == "urgent" else ()),
        *(offer_rows(rules.parent, HelpParent()) if distress else ()),
        *(offer_rows(rules.other_country, OtherCountry()) if place.known else ()),
        *offer_rows(rules.not_meant, NotMeant(other)),
    )
    also = tuple(dict.fromkeys((*help_entries, *((other,) if other else ()))))
    return Reply("triage", place.fill(text), rows, also=also, level=level)


def _with_caution(content: Content, reply: Reply) -> Reply:
    """A word on what to do if there is danger: before anything that could soothe, after "I don't know"."""
    caution = content.texts.caution
    if reply.kind == "smalltalk":
        reply = menus.to_unknown(content, ())
    reply = reply.offering(*card_row(content))
    return reply.preceded_by(caution) if reply.kind in ("answer", "choices") else reply.followed_by(caution)


def _with_soon(
    content: Content, rules: DangerRules, signs: tuple[DangerSign, ...], place: Place, reply: Reply
) -> Reply:
    if reply.kind in ("unknown", "smalltalk"):  # a sign that should be looked at is never met with a shrug
        reply = to_entry(content, content.by_id[rules.entry], near=reply.also, confidence=reply.confidence)
    reply = reply.offering(*note_row(content))
    return reply.preceded_by(place.fill(text_of(rules, map(_said, signs))))


def _signs(rules: DangerRules, meaning: Meaning, level: Level) -> tuple[DangerSign, ...]:
    """The signs of the highest level said, and crises beside an emergency, which get their own words."""
    said = {sign.id for sign in meaning.finding.signs}
    wanted = (level, "crisis") if level == "emergency" else (level,)
    found = [sign for sign in rules.signs if sign.id in said and sign.level in wanted]
    return tuple(sorted(found, key=lambda sign: wanted.index(sign.level)))


def _said(sign: DangerSign) -> Said:
    return Said(sign.reply, (sign.extra,) if sign.extra else (), sign.then)
