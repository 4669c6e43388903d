"""Telegram on its bad days: refusals, failures, broken lines and answers that never arrive lose nothing."""

import pytest

from tests.delivery.conftest import StartBot, asks, learn, polling
from tests.delivery.stage import Telegram
from tests.delivery.tally import count

pytestmark = pytest.mark.long

SENDING = ("sendMessage", "editMessageText", "answerCallbackQuery")
QUESTIONS, PEOPLE, RATE = 300, 60, 25.0


async def test_a_day_on_which_everything_goes_wrong_now_and_then_loses_nothing(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot()
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    people = await telegram.people(PEOPLE)
    await telegram.trouble(SENDING, code=429, retry_after=1, share=0.03, times=8)
    await telegram.trouble(SENDING, code=429, retry_after=2, chat=people[0], times=5)
    await telegram.trouble(SENDING, code=500, share=0.05)
    await telegram.trouble(SENDING, code=502, share=0.05)
    await telegram.trouble(SENDING, code=None, reset=True, share=0.05)
    await telegram.trouble(SENDING, code=None, done=True, share=0.05)
    await telegram.trouble(SENDING, code=200, delay=2.0, share=0.05)
    await telegram.trouble(["getUpdates"], code=500, share=0.1)
    await telegram.trouble(["getUpdates"], code=None, reset=True, share=0.1)
    await telegram.trouble(["getUpdates"], code=429, retry_after=1, share=0.05, times=3)
    await telegram.stream(asks(people, questions, QUESTIONS), RATE)
    # A message whose tries were all used up may come again only later, when Telegram is asked anew.
    state = await telegram.settled(90.0, quiet=8.0)
    ledger = await telegram.ledger()
    tally = count(ledger, expected, people)
    failed = sum(call.code != 200 for call in ledger.called)
    print(f"\na bad day, {failed} calls failed: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert failed > QUESTIONS / 10, "the day was not bad enough"
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert tally.not_greeted == 0
    assert state["violations"] == []


async def test_a_storm_in_which_every_call_fails_is_sat_out(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot()
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    people = await telegram.people(20)
    await telegram.trouble(SENDING, code=502)
    await telegram.ask(asks(people[:10], questions, 20))
    called = (await telegram.state())["called"]
    await telegram.until(lambda state: state["called"] > called + 5, 30.0, "the bot did not even try")
    await telegram.recover()
    await telegram.trouble(SENDING, code=429, retry_after=3, times=40)
    await telegram.ask(asks(people[10:], questions, 20))
    state = await telegram.settled(90.0, quiet=10.0)
    tally = count(await telegram.ledger(), expected, people)
    print(f"\na storm: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert tally.not_greeted == 0
    assert state["violations"] == []
