"""What is said to a message that tells of danger."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.content import Content
from bot.content.checks.texts import FIRST_AID
from bot.content.danger import Danger, Level, Offer, Sign
from bot.replies import menus
from bot.replies.answers import to_entry
from bot.replies.places import Place
from bot.replies.presses import HelpParent, NotMeant, OtherCountry
from bot.replies.reply import Reply, Rows
from bot.replies.rows import card_row, entry_rows, note_row, offer_rows
from bot.understanding import Meaning

BETWEEN = "\n\n"  # two paragraphs
EXTRAS = f"{{{FIRST_AID}}}"


@dataclass(frozen=True)
class Said:
    """What a sign adds to a danger reply: which text, which further lines, which second text."""

    reply: str
    extras: tuple[str, ...] = ()
    then: str | None = None


def with_danger(
    content: Content, meaning: Meaning, place: Place, otherwise: Callable[[], Reply], caution: str | None = None
) -> Reply:
    """The danger reply when there is danger; else the ordinary one, under a word of caution where that is wise.

    `caution`: that word in the person's language, where it is another than the content's.
    """
    danger, finding = content.danger, meaning.finding
    if danger is None:
        return otherwise()
    if finding.level is not None:
        return _to_danger(content, danger, meaning, finding.level, place)
    if meaning.failed or finding.general:
        signs = to_entry(content, content.by_id[danger.entry]).followed_by(danger.general)
        reply = replace(signs.offering(*card_row(content)), caution=True)
    elif finding.cry:
        reply = Reply("unknown", danger.cry, card_row(content), confidence=0.0, caution=True)
    else:
        return _with_caution(content, caution or danger.caution, otherwise()) if finding.caution else otherwise()
    return reply.preceded_by(caution) if caution else reply


def to_other_answer(content: Content, danger: Danger, entry: str | None) -> Reply:
    """What a message would have been answered without its danger, under the numbers once more."""
    known = content.by_id.get(entry or "")
    reply = to_entry(content, known) if known else menus.to_menu(content)
    return reply.preceded_by(danger.not_meant.text) if danger.not_meant else reply


def to_parent(danger: Danger, offer: Offer, place: Place) -> Reply:
    """Help for the parent: nothing about babies who crawl."""
    rows = offer_rows(danger.other_country, OtherCountry()) if place.known else ()
    return Reply("text", offer.text, rows)


def text_of(danger: Danger, said: Iterable[Said]) -> str:
    """Each reply once, each with the further lines of its signs."""
    said = tuple(said)
    replies = dict.fromkeys(each for one in said for each in (one.reply, one.then) if each)
    extras = {
        reply: dict.fromkeys(extra for one in said if one.reply == reply for extra in one.extras) for reply in replies
    }
    texts = [
        (danger.replies[reply].after if number else None) or danger.replies[reply].text
        for number, reply in enumerate(replies)
    ]
    return BETWEEN.join(map(_with_extras, texts, map(tuple, extras.values())))


def _with_extras(text: str, extras: tuple[str, ...]) -> str:
    parts = text.split(BETWEEN)
    place = parts.index(EXTRAS) if EXTRAS in parts else len(parts)
    return BETWEEN.join((*parts[:place], *extras, *parts[place + 1 :]))


def _to_danger(content: Content, danger: Danger, meaning: Meaning, level: Level, place: Place) -> Reply:
    by_id = {sign.id: sign for sign in danger.signs}
    signs = [by_id[each] for each in meaning.finding.signs]
    distress = any(sign.level == "crisis" or sign.then for sign in signs)
    help_entries = () if level == "crisis" else danger.help  # about the baby: no help to a parent in crisis
    other = meaning.ranked[0].id if meaning.decision == "answer" and danger.not_meant else None
    rows: Rows = (
        *entry_rows(content, help_entries, kept=True),
        *(note_row(content) if level == "urgent" else ()),
        *(offer_rows(danger.parent, HelpParent()) if distress else ()),
        *(offer_rows(danger.other_country, OtherCountry()) if place.known else ()),
        *offer_rows(danger.not_meant, NotMeant(other, signs[0].id)),
    )
    return Reply(
        "triage",
        text_of(danger, map(said_of, signs)),
        rows,
        also=tuple(dict.fromkeys((*help_entries, *((other,) if other else ())))),
        level=level,
        sign=signs[0].id,
        confidence=meaning.finding.chance if not meaning.finding.proofs else 1.0,
    )


def _with_caution(content: Content, caution: str, reply: Reply) -> Reply:
    """A line on what to do if there is danger, above whatever is said."""
    if reply.kind == "smalltalk":
        reply = menus.to_unknown(content, ())
    return replace(reply.offering(*card_row(content)).preceded_by(caution), caution=True)


def said_of(sign: Sign) -> Said:
    """What a sign adds to a danger reply."""
    return Said(sign.reply_name, (sign.first_aid,) if sign.first_aid else (), sign.then)
