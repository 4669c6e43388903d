"""What is said to a message that tells of danger."""

from collections.abc import Callable

from bot.content import Content
from bot.content.danger import DangerRules, DangerSign, Level
from bot.language import Meaning
from bot.replies import menus
from bot.replies.answers import entry_rows, to_entry
from bot.replies.reply import Reply


def with_danger(content: Content, meaning: Meaning, otherwise: Callable[[], Reply]) -> Reply:
    """The danger reply when there is danger; else the ordinary one, with a line for what to look at."""
    rules = content.danger
    if rules is None:
        return otherwise()
    level = meaning.finding.level
    if level is None and (meaning.failed or meaning.finding.in_general):
        return to_entry(content, content.by_id[rules.entry]).followed_by(rules.general_note)
    if level is None:
        return _with_caution(content, otherwise()) if meaning.uneasy else otherwise()
    signs = _signs(rules, meaning, level)
    if level == "soon":
        return _with_soon(content, rules, signs, otherwise())
    help_entries = () if level == "crisis" else rules.help  # about the baby: no help to a parent in crisis
    return Reply(
        "triage",
        _text(rules, signs)
        or rules.replies[level].text,  # a danger that no rule describes has its level's words
        entry_rows(content, help_entries, kept=True),
        also=help_entries,
        level=level,
    )


def _with_caution(content: Content, reply: Reply) -> Reply:
    """A word on what to do if there is danger: before anything that could soothe, after "I don't know"."""
    caution = content.texts.caution
    if reply.kind == "smalltalk":
        reply = menus.to_unknown(content, ())
    return reply.preceded_by(caution) if reply.kind in ("answer", "choices") else reply.followed_by(caution)


def _with_soon(content: Content, rules: DangerRules, signs: tuple[DangerSign, ...], reply: Reply) -> Reply:
    if reply.kind in ("unknown", "smalltalk"):  # a sign that should be looked at is never met with a shrug
        reply = to_entry(content, content.by_id[rules.entry], near=reply.also, confidence=reply.confidence)
    return reply.preceded_by(_text(rules, signs))


def _signs(rules: DangerRules, meaning: Meaning, level: Level) -> tuple[DangerSign, ...]:
    """The signs of the highest level said, and crises beside an emergency, which get their own words."""
    said = {sign.id for sign in meaning.finding.signs}
    wanted = (level, "crisis") if level == "emergency" else (level,)
    found = [sign for sign in rules.signs if sign.id in said and sign.level in wanted]
    return tuple(sorted(found, key=lambda sign: wanted.index(sign.level)))


def _text(rules: DangerRules, signs: tuple[DangerSign, ...]) -> str:
    """Each reply once, each with the extra lines of its signs."""
    parts: list[str] = []
    for reply in dict.fromkeys(each for sign in signs for each in (sign.reply, sign.then) if each):
        extras = [sign.extra for sign in signs if sign.reply == reply and sign.extra]
        parts += [rules.replies[reply].text, *dict.fromkeys(extras)]
    return "\n\n".join(parts)
