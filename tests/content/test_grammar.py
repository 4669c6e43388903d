"""A pack in another language brings its own short forms, numbers and ages, and hears what is wrong with them."""

import re
from pathlib import Path

import pytest
import yaml

from bot.content import load_content
from bot.content.loader import DEFAULTS
from bot.content.mistakes import ContentError
from bot.understanding.ages import AgeFinder
from bot.understanding.text import Normaliser

ENGLISH = (DEFAULTS / "grammar.yaml").read_text(encoding="utf-8")
ENTRY = """\
- {id: a, question: Is it?, verdict: Yes., phrasings: [is it], call: [Ask your doctor.]}
"""
SPANISH = {
    "short_forms": {"q": "que", "tb": "tambien"},
    "numbers": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
    "months": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}


def pack(folder: Path, grammar: str) -> Path:
    (folder / "faq.yaml").write_text(ENTRY, encoding="utf-8")
    (folder / "grammar.yaml").write_text(grammar, encoding="utf-8")
    return folder


def spanish() -> dict[str, object]:
    english = yaml.safe_load(ENGLISH)
    ages = english["ages"]
    ages["fragments"] |= {"month": "mes(?:es)?", "year": "anos?", "one": "un", "baby": "bebe|hijo|hija"}
    ages["patterns"]["old_after"] = r"\s?(?:de edad|{baby})\b"
    return english | SPANISH | {"ages": ages}


def test_a_language_of_its_own_is_read_by_its_own_words(tmp_path: Path) -> None:
    grammar = load_content(pack(tmp_path, yaml.safe_dump(spanish()))).grammar
    normaliser = Normaliser(grammar)
    assert normaliser.normalise("Q hago? Él tb") == "que hago? el tambien"
    assert normaliser.normalise("I dont know") == "i dont know"  # English no longer
    age = AgeFinder(grammar, normaliser).find("mi bebe tiene ocho meses")
    assert age is not None
    assert age.months == 8


def test_without_one_a_pack_is_read_as_english(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(ENTRY, encoding="utf-8")
    assert Normaliser(load_content(tmp_path).grammar).normalise("I dont know") == "i do not know"


@pytest.mark.parametrize(
    ("found", "put", "told"),
    [
        ("months: [Jan, Feb", "months: [Feb", "months"),
        ("    newborn:", "    newborns:", "'patterns' of 'ages' lacks newborn"),
        ("(?P<months>[4-9]|1[0-8])", "(?P<month>[4-9]|1[0-8])", "'bare' of 'ages' lacks the group months"),
        ("at_before: '\\bat ", "at_before: '\\bat (", "'at_before' of 'ages' is no pattern"),
        ("at_before: '\\bat {loose}", "at_before: '\\bat {lose}", "there is no fragment {lose}"),
        ("opened: '\\1 is'", "opened: '\\3 is'", "can't be used"),
        ("irregular: '", "irregular: '(", "irregular is no pattern"),
        ("(?P<whole>", "(?P<hole>", "mixed lacks the group whole"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, found: str, put: str, told: str) -> None:
    assert found in ENGLISH
    with pytest.raises(ContentError) as error:
        load_content(pack(tmp_path, ENGLISH.replace(found, put, 1)))
    assert re.search(rf"grammar\.yaml:\d+: .*{re.escape(told)}", str(error.value))
