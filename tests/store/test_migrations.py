"""A database that an earlier version of the bot left is brought up to date, and keeps what it has."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

from bot.store import Claim, Outcome, PersonRecord, open_store
from bot.store.engine import address_of
from bot.store.examination import DRIVERS, examine
from bot.store.migration import SCRIPTS

PERSON = "c" * 64
on_disk = pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


@pytest.fixture
def old(url: str, tmp_path: Path) -> str:
    """The URL of a database from before people chose a country, with one person in it."""
    (tmp_path / "data").mkdir()
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with create_engine(address_of(url, DRIVERS)).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        assert {each["name"] for each in inspect(connection).get_columns("seen")} == {"person", "version"}
        connection.execute(text("INSERT INTO seen VALUES (:person, 2)"), {"person": PERSON})
        connection.execute(text("INSERT INTO votes VALUES (:person, 'normal', true)"), {"person": PERSON})
        connection.execute(text("INSERT INTO counts VALUES ('answer:normal', 7)"))
    return url


@on_disk
async def test_a_database_from_before_countries_gets_the_column_and_keeps_what_it_has(old: str) -> None:
    assert examine(old).version == "0003"
    store = await open_store(old)
    assert examine(old).version == examine(old).newest
    claim = Claim(1, PERSON)
    assert (await store.deliveries.begin([claim], None))[1].known == PersonRecord(seen=2, country=None)
    assert await store.votes() == {"normal": (1, 0)}
    await store.deliveries.finish([Outcome(person=PERSON, country="uk")])
    assert (await store.deliveries.begin([claim], None))[1].known == PersonRecord(seen=2, country="uk")
    await store.close()


@on_disk
def test_the_way_back_drops_the_countries_and_no_more(old: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with create_engine(address_of(old, DRIVERS)).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        command.downgrade(config, "0003")
        assert connection.execute(text("SELECT * FROM seen")).all() == [(PERSON, 2)]
    assert examine(old).version == "0003"


@on_disk
async def test_what_was_counted_before_days_were_kept_stands_under_no_day(old: str) -> None:
    store = await open_store(old)
    found = await store.days.read(731)
    assert (found.counts, found.votes, found.earlier, found.undated) == ((), (), {"answer:normal": 7}, 1)
    await store.deliveries.finish([Outcome(person=PERSON, vote=("normal", False))])
    found = await store.days.read(1)
    assert ([each.day for each in found.votes], found.undated) == ([found.today.isoformat()], 0)
    await store.close()


@on_disk
async def test_the_way_back_adds_up_the_days_and_keeps_the_votes(old: str) -> None:
    store = await open_store(old)
    await store.days.add({"answer:normal": 2, "page": 1}, [PERSON])
    await store.close()
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with create_engine(address_of(old, DRIVERS)).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        counted = connection.execute(text("SELECT name, number FROM counts ORDER BY name")).all()
        assert counted == [("answer:normal", 9), ("page", 1)]
        assert len(connection.execute(text("SELECT person, entry, helpful FROM votes")).all()) == 1
    assert examine(old).version == "0004"
