"""One update, read and understood, before anything is said to it."""

from dataclasses import dataclass

from bot.delivery.flood import FloodVerdict
from bot.replies import Reply, Speaker
from bot.replies.shared import InlineAnswers
from bot.telegram.incoming import Address, Incoming


@dataclass(frozen=True)
class ParsedUpdate:
    """A message has a `reply` where there is one to give; `error` is what broke on the way to it.

    `inline`: what an inline query is offered; `after`: the entry that was shown before, in whose light it was read.
    `speaker` answers to the very end, even where the content changes on the way.
    """

    incoming: Incoming
    speaker: Speaker
    verdict: FloodVerdict = "allow"
    reply: Reply | None = None
    error: Exception | None = None
    inline: InlineAnswers | None = None
    after: str | None = None
    # A picture without words, the first of its album: the words may come with the next.
    awaits_album: bool = False
    # It is understood only when its turn comes: what reads it must be loaded first.
    is_waiting: bool = False
    # Not let in before.
    is_new: bool = True
    # A command to be quiet, in a group where more was written than is answered: only whoever may give it is.
    is_crowded: bool = False

    @property
    def number(self) -> int:
        return self.incoming.number

    @property
    def kind(self) -> str:
        return self.incoming.kind

    @property
    def person(self) -> int | None:
        return self.incoming.person

    @property
    def address(self) -> Address | None:
        return self.incoming.address

    @property
    def chat(self) -> int:
        """0 for an inline query: what somebody types in some chat holds up nothing in the one with the bot."""
        if self.incoming.query is not None:
            return 0
        return self.incoming.address.chat if self.incoming.address else self.person or 0

    @property
    def is_press(self) -> bool:
        return self.incoming.press is not None

    @property
    def is_danger(self) -> bool:
        return (self.reply is not None and self.reply.is_danger) or (self.inline is not None and self.inline.is_danger)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be said to it."""
        incoming = self.incoming
        is_about_group = incoming.has_left or incoming.moved_to is not None
        answered = (self.reply, incoming.press, self.error, self.inline)
        return all(each is None for each in answered) and not is_about_group and not self.is_waiting
