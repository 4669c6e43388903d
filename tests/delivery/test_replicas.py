"""Several bots on one webhook and one PostgreSQL: any of them may go, nothing is lost or said twice for it."""

import asyncio

import pytest

from tests.delivery.conftest import WEBHOOK_URL, Replicas, asks, learn
from tests.delivery.database import url_of
from tests.delivery.stage import Telegram
from tests.delivery.tally import count

pytestmark = [pytest.mark.long, pytest.mark.postgres]

QUESTIONS, PEOPLE = 500, 50
RATE = 25.0  # a second: what Telegram lets through with the greetings
SLOW = 0.3  # seconds
UNHEARD = 0.1  # of the updates come again though they were answered, mostly to another replica
IN_HAND = 64  # calls that a bot has under way at once


async def test_one_replica_killed_and_one_stopped_under_load_lose_nothing(
    telegram: Telegram, replicas: Replicas, questions: tuple[str, ...]
) -> None:
    await replicas.start()
    await telegram.until(lambda state: state["webhook"] == WEBHOOK_URL, 30.0, "no webhook was set")
    expected = await learn(telegram, questions)
    people = await telegram.people(PEOPLE)
    # A slow Telegram, so that a kill always catches something: said but not confirmed, or not even said.
    await telegram.trouble(["sendMessage"], code=200, delay=SLOW, done=True, share=0.5)
    await telegram.trouble(["sendMessage"], code=200, delay=SLOW)
    await telegram.lose_answers(UNHEARD)
    await telegram.stream(asks(people, questions, QUESTIONS), RATE)
    await asyncio.sleep(4.0)
    kills = [await replicas.bots[0].kill()]
    await asyncio.sleep(3.0)
    await replicas.bots[0].start()
    await asyncio.sleep(3.0)
    assert await replicas.bots[1].stop() == 0, replicas.bots[1].log[-2000:]
    await replicas.listening(0)
    state = await telegram.settled(90.0)
    tally = count(await telegram.ledger(), expected, people, kills)
    print(f"\nthree replicas, a kill and a stop: {tally}")  # noqa: T201 - figures for whoever reads the log
    assert (tally.lost, tally.doubled, tally.strange) == ([], [], [])
    assert tally.doubled_by_kill <= IN_HAND
    assert tally.not_greeted == 0
    assert tally.greeted_again == 0
    assert state["violations"] == []
    assert state["webhook"] == WEBHOOK_URL, "a replica that goes must leave the webhook to the others"


async def test_replicas_that_start_together_on_an_empty_database_all_come_up(
    telegram: Telegram, replicas: Replicas, questions: tuple[str, ...], database: str
) -> None:
    psycopg = pytest.importorskip("psycopg")
    await replicas.start()
    await telegram.until(lambda state: state["webhook"] == WEBHOOK_URL, 30.0, "no webhook was set")
    expected = await learn(telegram, questions)
    assert len(expected.answers) == len(questions)
    assert all(replicas.proxy.taken[port] for port in replicas.ports), "one replica got nothing to do"
    for bot in replicas.bots:
        assert bot.is_running
        assert "Traceback" not in bot.log
    with psycopg.connect(url_of(database)) as connection:
        assert len(connection.execute("SELECT version_num FROM alembic_version").fetchall()) == 1
    codes = await asyncio.gather(*(bot.stop() for bot in replicas.bots))
    assert codes == [0] * len(replicas.bots)
