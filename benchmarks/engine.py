"""Our own engine as a method of the benchmark."""

from bot.content import Content
from bot.operation.model_store import encoder
from bot.replies import Reply, Speaker
from bot.understanding import Understanding
from bot.understanding.learning import VectorCache, learn


class Engine:
    """Ranks as the bot does, ages included; `reply` is all the bot does with a message."""

    def __init__(self, content: Content) -> None:
        self._understanding = Understanding(content, learn(content, encoder(), VectorCache()), encoder())
        self._speaker = Speaker(content, self._understanding)

    def rank(self, text: str) -> tuple[str, ...]:
        return tuple(match.id for match in self._understanding.ranked(text))

    def best(self, text: str) -> str:
        return self.rank(text)[0]

    def reply(self, text: str) -> Reply:
        return self._speaker.to_text(text)
