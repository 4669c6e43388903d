"""Without its database the bot still answers, and takes it up again by itself."""

import asyncio

import pytest

from tests.delivery.conftest import NewProxy, StartBot, asks, learn, polling
from tests.delivery.database import PORT, url_of
from tests.delivery.stage import Telegram
from tests.delivery.tally import count, heading

pytestmark = [pytest.mark.long, pytest.mark.postgres]

# Seconds of each kind: silence, then refusal. Long enough for every patience in the bot to run out.
OUTAGE = 5.0
RATE, QUESTIONS, PEOPLE = 12.0, 180, 40
A_WHILE = 10.0  # seconds that a parent waits at most: an outage may cost some, not all of its own length
RECOVERY = 35.0  # seconds in which the bot finds its database again


async def test_a_database_that_falls_silent_and_then_refuses_costs_no_answer(
    telegram: Telegram,
    new_bot: StartBot,
    new_proxy: NewProxy,
    database: str,
    questions: tuple[str, ...],
) -> None:
    proxy = new_proxy([PORT])
    await proxy.start()
    bot = new_bot(DATABASE_URL=url_of(database, proxy.port))
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    people = await telegram.people(PEOPLE)
    await telegram.stream(asks(people, questions, QUESTIONS), RATE)
    await asyncio.sleep(2.0)
    proxy.hang()
    await asyncio.sleep(OUTAGE)
    proxy.refuse()
    await asyncio.sleep(OUTAGE)
    proxy.open()
    await telegram.settled(60.0)
    tally = count(await telegram.ledger(), expected, people)
    print(f"\n{2 * OUTAGE:g} s without a database: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert tally.not_greeted == 0
    assert max(tally.waits) < A_WHILE

    assert await remembers(telegram, expected_greetings=expected.greeting, question=questions[0]), (
        f"{RECOVERY:g} s after the outage nobody is remembered yet: {bot.log[-2000:]}"
    )
    assert await bot.stop() == 0


async def remembers(telegram: Telegram, expected_greetings: str, question: str) -> bool:
    """Whether, some time soon, somebody new who writes twice is greeted once."""
    for _ in range(int(RECOVERY / 5)):
        [person] = await telegram.people(1)
        for _ in range(2):
            await telegram.ask([(person, question)])
            await telegram.settled(30.0, quiet=1.0)
        said = [heading(call.text) for call in (await telegram.ledger()).called if call.chat == person]
        if said.count(expected_greetings) == 1:
            return True
        await asyncio.sleep(3.0)
    return False
