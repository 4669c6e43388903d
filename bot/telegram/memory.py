"""Which answer belongs to which question, so that an edited question is answered in the same place."""

from collections import OrderedDict

REMEMBERED = 2_000  # answers; an older question that is edited gets a new answer


class Answers:
    """The newest answers, by chat and question; held in memory only and lost at a restart."""

    def __init__(self) -> None:
        self._messages: OrderedDict[tuple[int, int], int] = OrderedDict()

    def note(self, chat: int, question: int, answer: int) -> None:
        self._messages[chat, question] = answer
        self._messages.move_to_end((chat, question))
        if len(self._messages) > REMEMBERED:
            self._messages.popitem(last=False)

    def find(self, chat: int, question: int) -> int | None:
        return self._messages.get((chat, question))
