"""Languages in which people write, beside the pack's own: by what each is told, and what is said in it."""

from pydantic import field_validator

from bot.content.fields import Plain, Rich, StrictModel
from bot.content.regions import Language

# Names that Unicode gives to letters of one script each, as its data has them before the letter's own name.
SCRIPTS = ("ARABIC", "CJK", "CYRILLIC", "DEVANAGARI", "HANGUL", "HIRAGANA", "KATAKANA", "THAI")


class ForeignLanguage(StrictModel):
    """`words`: common ones, normalised, that the pack's own language does not have; `scripts`: of its letters, and
    `letters`: which few other languages have.

    `reads`: the reader of other languages knows it. `line` stands above an answer, `danger` above a danger reply, and
    `unread` is said to what can't be read; {numbers} is filled in.
    """

    id: Language
    name: Plain
    reads: bool
    words: tuple[Plain, ...] = ()
    scripts: tuple[Plain, ...] = ()
    letters: str = ""
    line: Rich
    danger: Rich
    unread: Rich

    @field_validator("scripts")
    @classmethod
    def _are_known(cls, scripts: tuple[str, ...]) -> tuple[str, ...]:
        if strange := [each for each in scripts if each not in SCRIPTS]:
            raise ValueError(f"can't hold {strange[0]}: use {', '.join(SCRIPTS)}")
        return scripts


Languages = tuple[ForeignLanguage, ...]
