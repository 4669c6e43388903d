"""Danger that no rule saw: how likely the wordings of known dangers make it, and which level."""

from collections.abc import Sequence

from bot.content.danger import ALARMING, Level
from bot.content.tuning import Thresholds
from bot.language.hearing import Chances

# Words of a story that are looked at together. Danger in the middle of a long message is diluted by the rest:
# of 112 emergencies hidden between six mild questions 58 were found in the whole alone, 98 with windows.
WINDOW = 16
SURE_IN_WINDOW = 0.8  # a few words torn from their story must be plainer than a message; 0.6 doubled false alarms
MOST_WINDOWS = 40  # of one text, each a third of a millisecond; 320 words overlap, 640 leave no gap
HALF_SURE_IN_WINDOW = 0.5  # enough for a word of caution
UP_ONE = 0.1  # the share of all danger from which the more serious of two levels is taken
BOTH = 0.25  # the share of all danger from which the parent's crisis is answered too
PLAIN = 0.8  # how likely a parent's crisis must be to be heard in what only seems to be asked in general
OUTWEIGHS = 0.3  # how likely a more serious level must be to go above what a rule saw


def windows(plain: str) -> tuple[str, ...]:
    """A long text in overlapping runs of words; none of a short one."""
    words = plain.split()
    if len(words) <= WINDOW:
        return ()
    half = WINDOW // 2
    step = max(half, -(-len(words) // MOST_WINDOWS))
    return tuple(" ".join(words[at : at + WINDOW]) for at in range(0, len(words) - half, step))


def loudest(whole: Chances, parts: Sequence[Chances], thresholds: Thresholds) -> Chances:
    """The chances of the whole message, or of the one window in it that is plainly about danger."""
    worst = max(parts, key=_total, default=whole)
    return worst if _total(whole) < thresholds.danger and _total(worst) >= SURE_IN_WINDOW else whole


def alarm_levels(chances: Chances, thresholds: Thresholds) -> tuple[Level, ...]:
    """The level of danger the wordings tell of, first; a second one where baby and parent both need help."""
    total = _total(chances)
    if total < thresholds.danger:
        return ()
    emergency, crisis, urgent = (chances[level] / total for level in ALARMING)
    if crisis >= max(emergency, urgent):
        return ("emergency", "crisis") if emergency >= UP_ONE else ("crisis",)
    if emergency >= UP_ONE:
        return ("emergency", "crisis") if crisis >= BOTH else ("emergency",)
    return ("crisis",) if crisis >= BOTH else ("urgent",)


def outweighs(chances: Chances, level: Level) -> bool:
    """Whether the wordings are plain enough to go above the level that a rule saw."""
    return chances[level] >= OUTWEIGHS


def is_plain(chances: Chances, level: Level) -> bool:
    """Whether the wordings leave hardly a doubt of this level."""
    return chances[level] >= PLAIN


def is_uneasy(whole: Chances, parts: Sequence[Chances], thresholds: Thresholds) -> bool:
    """Whether danger is likely enough for a word on what to do if there is some."""
    return _total(whole) >= thresholds.caution or any(_total(part) >= HALF_SURE_IN_WINDOW for part in parts)


def _total(chances: Chances) -> float:
    return sum(chances.values())
