"""A new flow is one class: what it opens, shows and refuses comes with its base."""

from typing import Self

import pytest

from bot.content import Content
from bot.replies.flow import Flow
from bot.replies.places import Place
from bot.replies.presses import KINDS, OpenFlow, StepFlow, read_press
from bot.replies.reply import Button, Reply
from bot.replies.speaker import FLOWS

HERE = Place()


class Counter(Flow[int]):
    """Counts taps."""

    verb = "z"
    command = "count"

    @classmethod
    def of(cls, content: Content) -> Self | None:  # noqa: ARG003 - Flow.of
        return cls()

    def meaning(self) -> str:
        return "one by one"

    def first(self) -> int:
        return 0

    def written(self, state: int) -> str:
        return str(state)

    def read(self, written: str) -> int | None:
        return int(written) if written.isdecimal() else None

    def page(self, state: int, place: Place) -> Reply:  # noqa: ARG002 - Flow.page
        return Reply("flow", f"{state} taps", ((Button("more", self.data(state + 1)),),))


def test_it_goes_on_from_the_state_in_its_buttons() -> None:
    page = Counter().to_reply(OpenFlow("z"), HERE)
    for tap in range(1, 4):
        press = read_press(page.rows[0][0].data)
        assert isinstance(press, StepFlow)
        page = Counter().to_reply(press, HERE)
        assert page.text == f"{tap} taps"


@pytest.mark.parametrize("forged", [StepFlow("z", "0", "7"), StepFlow("z", "", "x")])
def test_of_another_version_or_forged_it_starts_again(forged: StepFlow) -> None:
    assert Counter().to_reply(forged, HERE).text == "0 taps"


def test_each_letter_and_command_belongs_to_one_kind() -> None:
    verbs = [flow.verb for flow in FLOWS]
    assert len({*verbs, *KINDS}) == len(verbs) + len(KINDS)
    assert len({flow.command for flow in FLOWS}) == len(FLOWS)
