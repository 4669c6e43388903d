"""Wordings accepted since the content was last learnt: one that is near to a message sways what it is taken for.

They count at once, for nothing has to be learnt: the encoder's vector of each is compared with the message's. In other
languages how it is written is compared: there vectors tell little of two messages about the same subject. Danger is
never swayed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz, process

from bot.understanding.encoder import Encoder
from bot.understanding.features import Floats

# Cosines. Of 532 parents' questions, two that are alike to 0.7 ask the same in 8 of 9 cases, to 0.8 in 20 of 21.
NEAR, SAME = 0.6, 0.85
# Shares of letters that are the same, in the same order. Of 350 Spanish wordings' nearest others from 0.85 on all asked
# the same, from 0.8 on two in three.
WRITTEN_NEAR, WRITTEN_SAME = 0.85, 0.95
MOST = 0.95  # of the chance that the nearest one gets, where it says the same


@dataclass(frozen=True)
class AcceptedWordings:
    """The answer of each, an entry's id or OUTSIDE, its vector of length 1, shape (wordings, width), and its text."""

    answers: tuple[str, ...] = ()
    vectors: Floats = field(default_factory=lambda: stacked(()), repr=False)
    texts: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, wordings: Iterable[tuple[str, str]], vector: Callable[[str], Floats]) -> "AcceptedWordings":
        """From texts with their answers; `vector` gives a text's vector of length 1."""
        pairs = tuple(wordings)
        texts, answers = tuple(text for text, _ in pairs), tuple(answer for _, answer in pairs)
        return cls(answers, stacked([vector(text) for text in texts]), texts)

    def sway(self, vector: Floats, chances: Mapping[str, float]) -> dict[str, float]:
        """The chances of all answers, the one of the nearest wording the likelier the nearer that is."""
        if not self.answers:
            return dict(chances)
        likeness = self.vectors @ vector
        nearest = int(np.argmax(likeness))
        return self._swayed(nearest, (float(likeness[nearest]) - NEAR) / (SAME - NEAR), chances)

    def sway_written(self, said: str, chances: Mapping[str, float]) -> dict[str, float]:
        """The same by how it is written, of a message as its words."""
        if not self.answers:
            return dict(chances)
        found = process.extractOne(said, self.texts, scorer=fuzz.ratio, processor=None, score_cutoff=100 * WRITTEN_NEAR)
        if found is None:
            return dict(chances)
        _, score, nearest = found
        return self._swayed(nearest, (score / 100 - WRITTEN_NEAR) / (WRITTEN_SAME - WRITTEN_NEAR), chances)

    def _swayed(self, nearest: int, likeness: float, chances: Mapping[str, float]) -> dict[str, float]:
        """By the nearest wording, which is like the message from 0, hardly, to 1."""
        answer, share = self.answers[nearest], MOST * min(max(likeness, 0.0), 1.0)
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
