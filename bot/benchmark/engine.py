"""Our own engine as a method of the benchmark."""

from bot.content import Content
from bot.language import Understanding
from bot.language.ages import find_age
from bot.language.fitting import fit_matcher
from bot.replies import Reply, Speaker


class Engine:
    """Ranks as the bot does, ages included; `reply` is all the bot does with a message."""

    def __init__(self, content: Content) -> None:
        self._understanding = Understanding(content, fit_matcher(content))
        self._speaker = Speaker(content, self._understanding)

    def rank(self, text: str) -> tuple[str, ...]:
        return tuple(match.id for match in self._understanding.rank(text, find_age(text)).matches)

    def best(self, text: str) -> str:
        return self.rank(text)[0]

    def reply(self, text: str) -> Reply:
        return self._speaker.to_text(text)
