"""What parents write in other languages: each line once, in danger under the sign that it tells of."""

from collections import Counter

import pytest
import yaml

from bot.content import Content
from bot.understanding.floor import Floor
from tests.conftest import ROOT
from tests.english import NORMALISER

ABROAD = yaml.safe_load((ROOT / "content" / "abroad.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ABROAD)
def test_each_sign_is_one_and_each_line_stands_once(content: Content, language: str) -> None:
    assert content.danger is not None
    told = ABROAD[language]
    assert set(told) == {"signs", "harmless"}
    assert set(told["signs"]) <= {sign.id for sign in content.danger.signs}
    lines = Counter(line for lines in (*told["signs"].values(), told["harmless"]) for line in lines)
    assert [line for line, times in lines.items() if times > 1] == []


def test_the_floor_cries_wolf_on_hardly_a_harmless_line(content: Content) -> None:
    """Two of the phrases told of a fit do not say when it was."""
    assert content.danger is not None
    floor = Floor(content.danger, NORMALISER)
    wolves = {proof.phrase for told in ABROAD.values() for line in told["harmless"] for proof in floor.find(line)}
    assert wolves == {"teve convulsao", "جاله تشنج"}
