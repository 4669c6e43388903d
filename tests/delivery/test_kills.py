"""A polling bot that is killed or stopped at any moment loses nothing and repeats nothing without need."""

import asyncio
import random

import pytest

from tests.delivery.conftest import StartBot, asks, learn, polling
from tests.delivery.stage import Telegram
from tests.delivery.tally import count

pytestmark = pytest.mark.long

QUESTIONS, PEOPLE = 2000, 200  # ten each: half of what the bot takes from one person in half a minute
KILLS = 10
LIMIT = 60.0  # messages a second: twice Telegram's, and the whole takes half the time
RATE = 55.0  # questions a second: with the restarts more than the limit, so that there is always something in hand
GAPS = (0.5, 3.0)  # seconds between being ready and being killed
SEED = 11
SLOW = 0.15  # seconds
IN_HAND = 64  # calls that the bot has under way at once: what a kill may catch between being said and being noted


async def test_ten_kills_lose_none_of_two_thousand_questions(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot(MESSAGES_PER_SECOND=str(LIMIT))
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    people = await telegram.people(PEOPLE)
    # A slow Telegram, so that a kill always catches something: said but not confirmed, or not even said.
    await telegram.trouble(["sendMessage"], code=200, delay=SLOW, done=True, share=0.5)
    await telegram.trouble(["sendMessage"], code=200, delay=SLOW)
    await telegram.stream(asks(people, questions, QUESTIONS), RATE)
    chance = random.Random(SEED)  # noqa: S311 - the same moments every time
    kills = []
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(*GAPS))
        kills.append(await bot.kill())
        await polling(telegram, bot)
    state = await telegram.settled(150.0)
    tally = count(await telegram.ledger(), expected, people, kills)
    print(f"\n{KILLS} kills, polling: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert tally.lost == []
    assert tally.doubled == []
    assert tally.doubled_by_kill <= KILLS * IN_HAND
    assert tally.not_greeted == 0
    assert tally.greeted_again == 0
    assert tally.greeted_again_after_kill <= KILLS * IN_HAND
    assert tally.strange == []
    assert state["violations"] == []


async def test_told_to_stop_under_load_it_leaves_nothing_half_done(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot()
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    people = await telegram.people(40)
    await telegram.stream(asks(people, questions, 200), RATE)
    for pause in (0.5, 1.0):
        await asyncio.sleep(pause)
        assert await bot.stop() == 0, bot.log[-2000:]
        await polling(telegram, bot)
    state = await telegram.settled(60.0)
    tally = count(await telegram.ledger(), expected, people)
    print(f"\ntwo stops, polling: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert (tally.not_greeted, tally.greeted_again) == (0, 0)
    assert state["violations"] == []
