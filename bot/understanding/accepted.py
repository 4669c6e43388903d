"""Wordings accepted since the content was last learnt: one that is near to a message sways what it is taken for.

They count at once, for nothing has to be learnt: the encoder's vector of each is compared with the message's. Danger is
never swayed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.understanding.encoder import Encoder
from bot.understanding.features import Floats

# Cosines. Of 532 parents' questions, two that are alike to 0.7 ask the same in 8 of 9 cases, to 0.8 in 20 of 21.
NEAR, SAME = 0.6, 0.85
MOST = 0.95  # of the chance that the nearest one gets, where it says the same


@dataclass(frozen=True)
class AcceptedWordings:
    """The answer of each, an entry's id or OUTSIDE, and its vector of length 1; shape (wordings, width)."""

    answers: tuple[str, ...] = ()
    vectors: Floats = field(default_factory=lambda: stacked(()), repr=False)

    @classmethod
    def of(cls, wordings: Iterable[tuple[str, str]], vector: Callable[[str], Floats]) -> "AcceptedWordings":
        """From texts with their answers; `vector` gives a text's vector of length 1."""
        pairs = tuple(wordings)
        return cls(tuple(answer for _, answer in pairs), stacked([vector(text) for text, _ in pairs]))

    def sway(self, vector: Floats, chances: Mapping[str, float]) -> dict[str, float]:
        """The chances of all answers, the one of the nearest wording the likelier the nearer that is."""
        if not self.answers:
            return dict(chances)
        likeness = self.vectors @ vector
        nearest = int(np.argmax(likeness))
        share = MOST * float(np.clip((likeness[nearest] - NEAR) / (SAME - NEAR), 0, 1))
        answer = self.answers[nearest]
        if share == 0 or answer not in chances:
            return dict(chances)
        swayed = {each: chance * (1 - share) for each, chance in chances.items()}
        swayed[answer] += share
        return swayed


def stacked(vectors: Sequence[Floats]) -> Floats:
    """Vectors as the rows of one array; of none, one without rows."""
    return np.stack(vectors) if vectors else np.zeros((0, 0), np.float32)


def vector_of(text: str, encoder: Encoder) -> Floats:
    """The encoder's vector of a text, of length 1."""
    mean = encoder.windows(text).mean(0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)
