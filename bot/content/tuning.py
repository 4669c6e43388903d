"""How sure the bot must be: the author's hand on understanding."""

from pydantic import Field

from bot.content.fields import StrictModel


class Shares(StrictModel):
    """What the n-grams of a language's own lines count beside the encoder, for answers and for danger."""

    answers: float = Field(default=0.35, ge=0, le=1)
    danger: float = Field(default=0.2, ge=0, le=1)


class AbroadThresholds(StrictModel):
    """The same for what the reader of other languages makes of a message. `words`: what its n-grams count."""

    answer: float = Field(default=0.5, ge=0, le=1)
    choices: float = Field(default=0.12, ge=0, le=1)
    also: float = Field(default=0.02, ge=0, le=1)
    danger: float = Field(default=0.5, ge=0, le=1)
    crisis: float = Field(default=0.4, ge=0, le=1)
    caution: float = Field(default=0.2, ge=0, le=1)
    doubt: float = Field(default=0.0, ge=0, le=1)
    sign: float = Field(default=0.05, ge=0, le=1)
    words: Shares = Shares()


class Thresholds(StrictModel):
    """Confidences from 0 to 1: at or above `answer` one answer, at or above `choices` some to choose from.

    `also`: an entry at least this likely, as a share of the best, is worth a button. `danger`: how likely danger must
    be for the danger reply where no phrase proves it, `crisis` a parent's crisis for the reply to that; `caution`: for
    a line on what to do then; `doubt`: where danger is less likely than this, a phrase of an urgent sign alone calls
    for caution, and no more; `sign`: how likely the likeliest sign must be for the danger reply, for where a little is
    said for each of many nothing is known. `abroad`: of messages in other languages, `by_language` of those for which
    others fit better, and `strange` of messages in no language that is known.
    """

    answer: float = Field(ge=0, le=1)
    choices: float = Field(ge=0, le=1)
    also: float = Field(ge=0, le=1)
    danger: float = Field(ge=0, le=1)
    crisis: float = Field(default=1, ge=0, le=1)
    caution: float = Field(ge=0, le=1)
    doubt: float = Field(default=0.0, ge=0, le=1)
    sign: float = Field(default=0.0, ge=0, le=1)
    abroad: AbroadThresholds = AbroadThresholds()
    by_language: dict[str, AbroadThresholds] = Field(default_factory=dict)
    strange: AbroadThresholds = AbroadThresholds()

    def of(self, language: str) -> AbroadThresholds:
        """Those of another language; "": of none that is known."""
        return self.by_language.get(language, self.abroad) if language else self.strange
