"""A pack's pictures are made where they are missing or out of date, and left alone where they are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("resvg_py", reason="resvg_py is not installed here")
pytest.importorskip("matplotlib", reason="matplotlib is not installed here")

from bot.content import Content
from bot.content.ages import Ages
from bot.content.pictures import MADE, chart_name, made_of, stale
from bot.drawing.drawings import DrawingError
from bot.operation.picture_builder import make_pictures
from bot.preview.pictures import measured

CIRCLE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80"><circle cx="{x}" cy="40" r="30"/></svg>'


@pytest.fixture
def ages(content: Content) -> Ages:
    """With a chart that has three pictures."""
    assert content.ages is not None
    assert content.ages.chart is not None
    windows = content.ages.chart.windows[:1]
    windows = (windows[0].model_copy(update={"start": 0.2, "end": 1.0}),)
    chart = content.ages.chart.model_copy(update={"until": 1.0, "bold": None, "windows": windows})
    return content.ages.model_copy(update={"chart": chart})


@pytest.fixture
def build(tmp_path: Path) -> Callable[[Ages | None], list[str]]:
    return lambda ages: list(make_pictures(tmp_path, ages, lambda months: f"{months:g} months"))


def drawn(folder: Path, name: str, x: int = 50) -> None:
    (folder / f"{name}.svg").write_text(CIRCLE.format(x=x))


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.png")}


def test_all_pictures_are_made_once(ages: Ages, build: Callable[[Ages | None], list[str]], tmp_path: Path) -> None:
    drawn(tmp_path, "toy")
    expected = ["toy", *(chart_name(halves) for halves in (0, 1, 2))]
    assert set(stale(tmp_path, ages)) == set(expected)
    assert build(ages) == expected
    assert stale(tmp_path, ages) == ()
    for name in expected:
        assert measured((tmp_path / f"{name}.png").read_bytes())[0] == "image/png"
    before = times(tmp_path)
    assert build(ages) == expected
    assert times(tmp_path) == before


def test_only_what_was_changed_is_made_again(
    ages: Ages, build: Callable[[Ages | None], list[str]], tmp_path: Path
) -> None:
    for name in ("toy", "mat"):
        drawn(tmp_path, name)
    build(ages)
    before = times(tmp_path)
    drawn(tmp_path, "toy", x=40)
    (tmp_path / "ages-1.png").unlink()
    assert set(stale(tmp_path, ages)) == {"toy", "ages-1"}
    build(ages)
    after = times(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"toy.png", "ages-1.png"}
    assert stale(tmp_path, ages) == ()


def test_what_nothing_makes_any_more_is_deleted(
    ages: Ages, build: Callable[[Ages | None], list[str]], tmp_path: Path
) -> None:
    drawn(tmp_path, "toy")
    build(ages)
    (tmp_path / "toy.svg").unlink()
    drawn(tmp_path, "mat")
    assert build(None) == ["mat"]
    assert {path.name for path in tmp_path.iterdir()} == {"mat.svg", "mat.png", MADE}
    assert set(made_of(tmp_path)) == {"mat"}


def test_a_drawing_that_cannot_be_drawn_keeps_what_was_there(
    build: Callable[[Ages | None], list[str]], tmp_path: Path
) -> None:
    drawn(tmp_path, "toy")
    build(None)
    (tmp_path / "mat.svg").write_text("<svg")
    with pytest.raises(DrawingError):
        build(None)
    assert (tmp_path / "toy.png").exists()
    assert stale(tmp_path, None) == ("mat",)


def test_pictures_made_before_one_that_fails_need_not_be_made_again(
    build: Callable[[Ages | None], list[str]], tmp_path: Path
) -> None:
    drawn(tmp_path, "mat")
    (tmp_path / "toy.svg").write_text("<svg")
    with pytest.raises(DrawingError):
        build(None)
    assert stale(tmp_path, None) == ("toy",)


def test_a_pack_without_drawings_and_chart_has_no_pictures(
    build: Callable[[Ages | None], list[str]], tmp_path: Path
) -> None:
    assert build(None) == []
    assert stale(tmp_path, None) == ()
