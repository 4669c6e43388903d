"""What one person, one chat or one message does keeps nobody else waiting: the whole bot, from outside."""

import asyncio

import pytest

from tests.delivery.conftest import StartBot, learn, polling
from tests.delivery.stage import Telegram
from tests.delivery.tally import by_person, count

pytestmark = pytest.mark.long

AT_ONCE = 5.0  # seconds in which another has an answer; on a slow machine all sixty of somebody's would take eight
HOSTILE = {
    "signs that grow before the bot's name": ["İ" * 20 + "@preview_bot"],
    "four thousand characters of ages": [("last last last 3m 3m " * 200)[:4000]],
    "sixty huge messages in a row": ["\ufdfa" * 4096] * 60,
    "sixty long messages of strange words": [("qzxwv " * 700)[:4096]] * 60,
}
OTHERS, WITHIN, WAIT = 130, 20.0, 300


async def test_whatever_one_person_sends_another_is_answered_at_once(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot()
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    waits = {}
    for name, texts in HOSTILE.items():
        sender, other = await telegram.people(2)
        await telegram.ask([*((sender, text) for text in texts), (other, questions[0])])
        await telegram.settled(60.0, quiet=1.0)
        waits[name] = max(count(await telegram.ledger(), expected, [other]).waits)
    print("\n" + "\n".join(f"{name}: {wait:.2f} s" for name, wait in waits.items()))  # noqa: T201 - figures
    assert {name: wait for name, wait in waits.items() if wait > AT_ONCE} == {}
    assert (await telegram.state())["violations"] == []
    assert await bot.stop() == 0


async def test_one_chat_that_is_told_to_wait_long_silences_nobody(
    telegram: Telegram, new_bot: StartBot, questions: tuple[str, ...]
) -> None:
    bot = new_bot()
    await polling(telegram, bot)
    expected = await learn(telegram, questions)
    [stuck] = await telegram.people(1)
    await telegram.trouble(["sendMessage"], code=429, retry_after=WAIT, chat=stuck)
    await telegram.ask([(stuck, questions[0])])
    await asyncio.sleep(0.5)
    others = await telegram.people(OTHERS)
    await telegram.ask([(person, questions[1]) for person in others])
    await telegram.settled(60.0, quiet=1.0)
    ledger = await telegram.ledger()
    tally = count(ledger, expected, others)
    print(f"\none chat told to wait {WAIT} s: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert (tally.answered, tally.lost, tally.doubled) == (OTHERS, [], [])
    assert max(tally.waits) < WITHIN
    assert stuck not in by_person(ledger)
    state = await telegram.state()
    assert (state["waiting"], state["violations"]) == (0, [])
    await bot.kill()
    await telegram.recover()
    await polling(telegram, bot)
    await telegram.settled(30.0, quiet=1.0)
    assert count(await telegram.ledger(), expected, [stuck]).lost == []
