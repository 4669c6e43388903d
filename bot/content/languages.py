"""Languages in which people write, beside the pack's own: by what each is told, and what is said in it."""

from pydantic import Field, field_validator

from bot.content.fields import Plain, Rich, StrictModel, Wordings
from bot.content.regions import Language

# Names that Unicode gives to letters of one script each, as its data has them before the letter's own name.
SCRIPTS = ("ARABIC", "BENGALI", "CJK", "CYRILLIC", "DEVANAGARI", "HANGUL", "HIRAGANA", "KATAKANA", "THAI")


class SpokenAges(StrictModel):
    """How a language says a baby's age. `numbers`: words with their values; `whole`: phrases that are an age by
    themselves, with its months; `half`: what adds a half to a number.

    A number is none with a word of `since` before it or of `span` after it, and no age is read where a word begins
    with one of `early`, which tell of a birth before time.
    """

    numbers: dict[Plain, float] = Field(default_factory=dict)
    months: Wordings = Field(min_length=1)
    weeks: Wordings = ()
    years: Wordings = ()
    half: Wordings = ()
    whole: dict[Plain, float] = Field(default_factory=dict)
    since: Wordings = ()
    span: Wordings = ()
    early: Wordings = ()


class SaidAbroad(StrictModel):
    """What is said in a language: `line` stands above an answer, `danger` above the reply to an emergency or a crisis,
    `caution` above what is urgent or may be danger; `unread` is said to what can't be read. {numbers} is filled in.
    """

    line: Rich
    danger: Rich
    caution: Rich | None = None
    unread: Rich


class ForeignLanguage(SaidAbroad):
    """`words`: common ones, normalised, that the pack's own language does not have; `scripts`: of its letters, and
    `letters`: which few other languages have, or few others in the same script.

    `reads`: the reader of other languages knows it. `in_script`: what is said to who writes it in a script of its
    own, where many write it in Latin letters.
    """

    id: Language
    name: Plain
    reads: bool
    words: tuple[Plain, ...] = ()
    scripts: tuple[Plain, ...] = ()
    letters: str = ""
    in_script: SaidAbroad | None = None
    ages: SpokenAges | None = None

    @field_validator("scripts")
    @classmethod
    def _are_known(cls, scripts: tuple[str, ...]) -> tuple[str, ...]:
        if strange := [each for each in scripts if each not in SCRIPTS]:
            raise ValueError(f"can't hold {strange[0]}: use {', '.join(SCRIPTS)}")
        return scripts


Languages = tuple[ForeignLanguage, ...]
