"""The picture of the milestones' windows: small, the same each time, nothing cut, the mark where the age is."""

import io
from dataclasses import replace

import pytest

pytest.importorskip("matplotlib", reason="matplotlib is not installed here")

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from PIL import Image

from bot.drawing.chart import CHIP_PAD, SIZE, AgeChart, ChartWindow, draw_chart, figure_of, place_of
from bot.drawing.palette import CARD, INK
from tests.drawing.charts import ENGLISH, SPANISH

HALF_MONTHS = [half / 2 for half in (0, 1, 5, 10, 16, 17, 25, 32, 39, 40)]  # a sample of the forty-one
LARGEST = 100_000  # bytes
AGE = "19 months and a half"  # no age has more to say


@pytest.fixture(scope="module")
def pictures() -> dict[float, bytes]:
    return {months: draw_chart(ENGLISH, months, AGE) for months in HALF_MONTHS}


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def rgb(colour: str) -> list[int]:
    return list(bytes.fromhex(colour[1:]))


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    boxes = [(text.get_text(), text.get_window_extent()) for text in figure.texts]
    pairs = [(one, other) for number, one in enumerate(boxes) for other in boxes[number + 1 :]]
    return [(one[0], other[0]) for one, other in pairs if one[1].overlaps(other[1])]


def test_the_picture_of_each_half_month_is_small_and_of_the_same_size(pictures: dict[float, bytes]) -> None:
    for png in pictures.values():
        image = Image.open(io.BytesIO(png))
        assert (image.format, image.mode, image.size) == ("PNG", "P", SIZE)
        assert len(png) < LARGEST


def test_the_longest_words_too_make_a_small_picture() -> None:
    assert len(draw_chart(SPANISH, 19.5, "19 meses y medio")) < LARGEST


def test_the_mark_stands_at_the_age(pictures: dict[float, bytes]) -> None:
    for months, png in pictures.items():
        # Just above the months' numbers, where the last bar has ended, the line is all that is as dark.
        bottom = max(np.flatnonzero((pixels(png) == rgb(INK)).all(axis=2).any(axis=1)))
        columns = np.flatnonzero((pixels(png)[bottom - 2] == rgb(INK)).all(axis=1))
        assert columns.mean() == pytest.approx(place_of(months, ENGLISH.until), abs=1)


def test_pictures_of_two_ages_differ_only_where_mark_and_label_are(pictures: dict[float, bytes]) -> None:
    differs = (pixels(pictures[8]) != pixels(pictures[8.5])).any(axis=2)
    below_label = differs[300:].any(axis=0)
    columns = np.flatnonzero(below_label)
    assert place_of(8, 20) - 20 < columns.min() < columns.max() < place_of(8.5, 20) + 20


def test_label_and_line_stay_on_the_card_at_either_end(pictures: dict[float, bytes]) -> None:
    for months in (0, 20):
        edge = np.concatenate([pixels(pictures[months])[:, :20], pixels(pictures[months])[:, -20:]], axis=1)
        assert (edge == rgb(CARD)).all()


def test_without_an_age_there_is_no_mark() -> None:
    texts = {text.get_text() for text in figure_of(ENGLISH, None, "").texts}
    assert ENGLISH.title in texts
    assert not any("baby:" in text for text in texts)


def test_the_label_says_the_age_in_the_words_given() -> None:
    assert "Your baby: 8½ months" in {text.get_text() for text in figure_of(ENGLISH, 8.5, "8½ months").texts}


def test_the_label_stands_above_the_age_with_as_much_room_left_of_its_words_as_right() -> None:
    figure = figure_of(ENGLISH, 10, "10 months")
    rounded = [patch for patch in figure.artists if isinstance(patch, FancyBboxPatch)]
    label = max(rounded, key=lambda patch: patch.get_height())
    words = next(text for text in figure.texts if "10 months" in text.get_text()).get_window_extent()
    room_left, room_right = words.x0 - label.get_x(), label.get_x() + label.get_width() - words.x1
    assert room_left == pytest.approx(CHIP_PAD, abs=6)
    assert room_right == pytest.approx(room_left, abs=6)
    assert label.get_x() + label.get_width() / 2 == pytest.approx(place_of(10, 20))


def test_the_same_input_gives_the_same_bytes_whatever_somebody_likes_their_figures_to_be(
    pictures: dict[float, bytes],
) -> None:
    with matplotlib.rc_context(
        {"font.size": 30, "savefig.dpi": 30, "text.hinting": "none", "savefig.facecolor": "red"}
    ):
        assert draw_chart(ENGLISH, 8.5, AGE) == pictures[8.5]


@pytest.mark.parametrize("months", [None, 0, 0.5, 8.5, 19.5, 20])
@pytest.mark.parametrize("chart", [ENGLISH, SPANISH], ids=["english", "spanish"])
def test_no_word_is_cut_or_lies_on_another(chart: AgeChart, months: float | None) -> None:
    figure = figure_of(chart, months, "19 meses y medio")
    for text in figure.texts:
        box = text.get_window_extent()
        assert 0 < box.x0 < box.x1 < SIZE[0]
        assert 0 < box.y0 < box.y1 < SIZE[1]
    assert overlaps(figure) == []


@pytest.mark.parametrize("chart", [ENGLISH, SPANISH], ids=["english", "spanish"])
def test_every_word_is_there_and_no_smaller_than_eleven_points_on_a_phone(chart: AgeChart) -> None:
    texts = figure_of(chart, 8.5, "8 meses y medio").texts
    said = " ".join(text.get_text() for text in texts).split()
    wanted = [chart.title, chart.axis, *chart.note.split(), *(each.name for each in chart.windows), "8 meses y medio"]
    assert set(" ".join(wanted).split()) <= set(said)
    assert min(text.get_fontsize() for text in texts) >= 34


def test_names_are_of_one_size() -> None:
    names = {each.name for each in SPANISH.windows}
    assert len({text.get_fontsize() for text in figure_of(SPANISH, 3, "3").texts if text.get_text() in names}) == 1


def test_a_dollar_is_a_dollar_and_no_formula() -> None:
    plain, dollars = (figure_of(replace(ENGLISH, title=title), 3, "3").texts[0] for title in ("x", "$x$"))
    assert dollars.get_window_extent().width > 2 * plain.get_window_extent().width


@pytest.mark.parametrize("months", [-0.5, 20.5, float("nan"), float("inf")])
def test_an_age_that_is_not_on_the_chart_is_refused(months: float) -> None:
    with pytest.raises(ValueError, match="not on a chart from 0 to 20"):
        draw_chart(ENGLISH, months, "old")


@pytest.mark.parametrize("window", [ChartWindow("Runs", 12, 24), ChartWindow("Runs", 9, 9), ChartWindow("Runs", -1, 9)])
def test_a_window_that_is_not_on_the_chart_is_refused(window: ChartWindow) -> None:
    with pytest.raises(ValueError, match="'Runs' from"):
        draw_chart(replace(ENGLISH, windows=(window,)), None, "")


def test_a_chart_without_windows_is_refused() -> None:
    with pytest.raises(ValueError, match="needs windows"):
        draw_chart(replace(ENGLISH, windows=()), None, "")


@pytest.mark.parametrize("field", ["title", "axis", "note", "mark"])
def test_words_that_do_not_fit_are_refused_and_named(field: str) -> None:
    with pytest.raises(ValueError, match="too long for the picture: 'All of this"):
        draw_chart(replace(ENGLISH, **{field: "All of this is too long. " * 12}), 3, "3 months")


def test_more_windows_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="no room for 12 windows"):
        draw_chart(replace(ENGLISH, windows=ENGLISH.windows * 2), 3, "3 months")


def test_letters_that_the_font_lacks_are_refused_and_named() -> None:
    with pytest.raises(ValueError, match="no 何 月"):
        draw_chart(replace(ENGLISH, title="何月"), 3, "3")


def test_few_windows_stand_together_and_not_scattered_over_the_card() -> None:
    texts = figure_of(replace(ENGLISH, windows=ENGLISH.windows[:2]), None, "").texts
    first, second = (
        text.get_position()[1] for text in texts if text.get_text() in ("Sits without support", "Stands with help")
    )
    assert second - first < 150
