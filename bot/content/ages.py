"""Ages: the bands that answers speak to, how an age is said, and the chart on which it is shown."""

from pydantic import Field, model_validator

from bot.content.fields import Id, Plain, Rich, StrictModel, Title, Verdict

MOST_HALVES = 60  # half months that a chart may have: a picture is made for each


class AgeLine(StrictModel):
    """What an answer opens with at an age, in place of its verdict; {age} is filled in."""

    verdict: Verdict
    sources: tuple[str, ...] = Field(min_length=1)


class AgeBand(StrictModel):
    """Ages from `start` months up to, and without, `end`.

    `button`: its label where the band can be tapped, and `name` what then stands for {age}. `line`: what answers that
    meet ages say here where they have no line of their own.
    """

    id: Id
    start: float = Field(alias="from", ge=0)
    end: float = Field(alias="to", gt=0)
    button: Title | None = None
    name: Plain | None = None
    line: AgeLine | None = None

    @model_validator(mode="after")
    def _can_be_tapped(self) -> "AgeBand":
        if self.start >= self.end:
            raise ValueError("ends before it begins: 'from' must be less than 'to'")
        if (self.button is None) != (self.name is None):
            raise ValueError("needs both 'button' and 'name', or neither")
        return self


class AgeTexts(StrictModel):
    """How an age is said; {number} is filled in, {weeks} and {months}, and {age} and {corrected}."""

    week: Plain
    weeks: Plain
    month: Plain
    months: Plain
    year: Plain
    years: Plain
    half: Plain  # after a whole number: "8½"
    about: Plain  # weeks as they were said, and what that is in months
    corrected: Plain  # of a baby born early


class MilestoneWindow(StrictModel):
    """When healthy children do something first: from the 1st to the 99th of a hundred, in months.

    `name` stands in the picture, `says` in the words under it.
    """

    id: Id
    name: Title
    says: Plain
    start: float = Field(alias="from", ge=0)
    end: float = Field(alias="to", gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> "MilestoneWindow":
        if self.start >= self.end:
            raise ValueError("ends before it begins: 'from' must be less than 'to'")
        return self


class ChartTexts(StrictModel):
    """The words in the picture (`title`, `axis`, `mark`, `note`) and around it; names in braces are filled in."""

    title: Plain
    axis: Plain
    mark: Plain
    note: Plain
    ask: Rich
    button: Title  # of a month that can be tapped
    again: Title
    window: Plain
    before: Rich  # about windows that are still to come
    within: Rich
    after: Rich
    caption: Rich
    beyond: Rich


class MilestoneChart(StrictModel):
    """The picture of all windows. `until`: months that it shows; `asked`: months that can be tapped."""

    until: float = Field(gt=0, le=MOST_HALVES / 2)
    asked: tuple[int, ...] = ()
    bold: Id | None = None  # the window that this pack is about
    windows: tuple[MilestoneWindow, ...] = Field(min_length=1, max_length=8)
    sources: tuple[str, ...] = Field(min_length=1)
    texts: ChartTexts


class Ages(StrictModel):
    """All of `ages.yaml`."""

    words: AgeTexts
    bands: tuple[AgeBand, ...] = ()
    chart: MilestoneChart | None = None

    @property
    def asked(self) -> tuple[AgeBand, ...]:
        """The bands that can be tapped."""
        return tuple(band for band in self.bands if band.button)

    def band(self, name: str) -> AgeBand | None:
        return next((band for band in self.bands if band.id == name), None)

    def band_of(self, months: float) -> AgeBand | None:
        """The band that an age is in."""
        return next((band for band in self.bands if band.start <= months < band.end), None)
