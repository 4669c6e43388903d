"""What was counted has a day; people are counted and not kept; what is old goes, on every database alike."""

import datetime
import secrets
from pathlib import Path

import pytest
from sqlalchemy import literal_column, text

from bot.store import DailyCount, DailyVotes, Outcome, Store, StoreError, open_store
from bot.store import database as clock
from bot.store.database import CALENDARS
from bot.store.days import KEPT_DAYS
from bot.store.deliveries import Deliveries
from bot.store.reading import read_counted
from bot.store.sketch import REGISTERS, estimate, registers_of
from tests.store.test_store import OTHER, PERSON, all_rows, vote

SATURDAY = datetime.date(2026, 11, 28)
MONDAY = datetime.date(2026, 11, 23)
on_disk = pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


class Calendar:
    """Days that pass only when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *stores: Store) -> None:
        self._monkeypatch = monkeypatch
        self.stores = list(stores)
        self.go(SATURDAY)

    def go(self, day: datetime.date, hour: int = 7) -> None:
        told = (f"'{day.isoformat()}'", f"'{hour:02}'")
        self._monkeypatch.setattr(clock, "CALENDARS", dict.fromkeys(CALENDARS, told))
        for store in self.stores:
            store._database.today, store._database.hour = map(literal_column, told)
            store.deliveries = Deliveries(store._database, 0)


@pytest.fixture
def calendar(store: Store, monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(monkeypatch, store)


async def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await store._database.do(lambda to: to.execute(text(query)))]


async def people(store: Store, days: int = 28) -> dict[tuple[str, str], int]:
    found = (await store.days.read(days)).counts
    return {(each.day, each.name): each.number for each in found if each.name.startswith("people")}


# --- Counts


async def test_counts_stand_under_the_stores_own_day_in_utc(store: Store) -> None:
    before = datetime.datetime.now(datetime.UTC).date()
    await store.days.add({"question:answer": 2, "hour": 2})
    found = await store.days.read(2)
    assert found.today in (before, datetime.datetime.now(datetime.UTC).date())
    names = {each.name: (each.day, each.number) for each in found.counts}
    assert names["question:answer"] == (found.today.isoformat(), 2)
    (hour,) = names.keys() - {"question:answer"}
    assert hour[:5] == "hour:"
    assert 0 <= int(hour[5:]) < 24


async def test_each_day_and_each_hour_has_its_own_number(store: Store, calendar: Calendar) -> None:
    await store.days.add({"page": 1, "hour": 1})
    await store.days.add({"page": 2, "hour": 2})
    calendar.go(SATURDAY + datetime.timedelta(1), 23)
    await store.days.add({"page": 4, "hour": 4})
    assert (await store.days.read(28)).counts == (
        DailyCount("2026-11-28", "hour:07", 3),
        DailyCount("2026-11-28", "page", 3),
        DailyCount("2026-11-29", "hour:23", 4),
        DailyCount("2026-11-29", "page", 4),
    )
    assert await store.counts() == {"hour:07": 3, "hour:23": 4, "page": 7}


async def test_what_is_read_begins_with_the_monday_of_the_first_day(store: Store, calendar: Calendar) -> None:
    for day in (MONDAY - datetime.timedelta(1), MONDAY, SATURDAY):
        calendar.go(day)
        await store.days.add({"page": 1})
    assert [each.day for each in (await store.days.read(2)).counts] == ["2026-11-23", "2026-11-28"]


async def test_a_day_is_kept_for_two_years_and_no_longer(store: Store, calendar: Calendar) -> None:
    calendar.go(SATURDAY - datetime.timedelta(KEPT_DAYS + 1))
    await store.days.add({"page": 1})
    await vote(store, PERSON, "normal", True)
    calendar.go(SATURDAY - datetime.timedelta(KEPT_DAYS))
    await store.days.add({"page": 2})
    await vote(store, OTHER, "normal", True)
    calendar.go(SATURDAY)
    await store.days.prune()
    assert await rows(store, "SELECT day, number FROM daily") == [("2024-11-27", 2)]
    assert await store.votes() == {"normal": (2, 0)}  # a vote stays, but not the day of it
    assert {row[0] for row in await rows(store, "SELECT day FROM votes")} == {None, "2024-11-27"}


async def test_what_has_no_day_goes_with_the_first_day_that_goes(store: Store, calendar: Calendar) -> None:
    await rows_written(store, "INSERT INTO daily VALUES ('earlier', 'answer:normal', 9)")
    calendar.go(SATURDAY - datetime.timedelta(KEPT_DAYS))
    await store.days.add({"page": 1})
    calendar.go(SATURDAY)
    await store.days.prune()
    assert (await store.days.read(7)).earlier == {"answer:normal": 9}
    calendar.go(SATURDAY + datetime.timedelta(1))
    await store.days.prune()
    assert await rows(store, "SELECT * FROM daily") == []


async def rows_written(store: Store, statement: str) -> None:
    await store._database.do(lambda to: to.execute(text(statement)))


# --- Votes


async def test_a_changed_vote_counts_once_on_the_day_of_the_last_tap(store: Store, calendar: Calendar) -> None:
    await vote(store, PERSON, "normal", True)
    await vote(store, OTHER, "normal", True)
    calendar.go(SATURDAY + datetime.timedelta(1))
    await vote(store, PERSON, "normal", False)
    await vote(store, PERSON, "normal", False)
    assert (await store.days.read(28)).votes == (
        DailyVotes("2026-11-28", "normal", True, 1),
        DailyVotes("2026-11-29", "normal", False, 1),
    )


async def test_who_is_forgotten_is_in_no_days_votes_any_more(store: Store, calendar: Calendar) -> None:
    await vote(store, PERSON, "normal", True)
    await store.forget(PERSON)
    found = await store.days.read(28)
    assert (found.votes, found.is_empty, await store.votes()) == ((), True, {})


# --- People


async def test_a_person_counts_once_a_day_and_once_a_week(store: Store, calendar: Calendar) -> None:
    calendar.go(MONDAY)
    await store.days.add({"page": 1}, [PERSON, OTHER])
    await store.days.add({"page": 1}, [PERSON])
    calendar.go(MONDAY + datetime.timedelta(1))
    await store.days.add({"page": 1}, [PERSON, "a third one"])
    assert await people(store) == {
        ("2026-11-23", "people"): 2,
        ("2026-11-23", "people_week"): 3,
        ("2026-11-24", "people"): 2,
    }


@on_disk
async def test_copies_of_the_bot_do_not_count_a_person_twice(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = [await open_store(url) for _ in range(2)]
    Calendar(monkeypatch, *stores)
    await stores[0].days.add({}, [PERSON, OTHER])
    await stores[1].days.add({}, [PERSON, "a third one"])
    assert await people(stores[0]) == {("2026-11-28", "people"): 3, ("2026-11-23", "people_week"): 3}
    for store in stores:
        await store.close()


async def test_a_number_takes_the_place_of_the_sketch_when_its_day_and_week_are_over(
    store: Store, calendar: Calendar
) -> None:
    await store.days.add({}, [PERSON, OTHER])
    calendar.go(SATURDAY + datetime.timedelta(1))
    await store.days.prune()
    assert await rows(store, "SELECT * FROM daily") == [("2026-11-28", "people", 2)]
    assert {row[0] for row in await rows(store, "SELECT name FROM visitors")} == {"people_week"}
    assert len(await rows(store, "SELECT * FROM salts")) == 1
    calendar.go(SATURDAY + datetime.timedelta(2))
    for _ in range(2):
        await store.days.prune()
    assert await people(store) == {("2026-11-28", "people"): 2, ("2026-11-23", "people_week"): 2}
    assert await rows(store, "SELECT * FROM visitors") == await rows(store, "SELECT * FROM salts") == []


async def test_who_is_told_of_late_makes_no_number_smaller(store: Store, calendar: Calendar) -> None:
    await store.days.add({}, [PERSON, OTHER])
    calendar.go(SATURDAY + datetime.timedelta(1))
    await store.days.prune()
    calendar.go(SATURDAY)
    await store.days.add({}, [PERSON])
    calendar.go(SATURDAY + datetime.timedelta(1))
    await store.days.prune()
    assert (await people(store))["2026-11-28", "people"] == 2


async def test_each_week_has_a_salt_that_nobody_can_guess(
    store: Store, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.days.secrets", secrets)
    for day in (MONDAY, SATURDAY, SATURDAY + datetime.timedelta(2)):
        calendar.go(day)
        await store.days.add({}, [PERSON])
    kept = await rows(store, "SELECT week, salt FROM salts ORDER BY week")
    assert [week for week, _ in kept] == ["2026-11-23", "2026-11-30"]
    assert {len(bytes(salt)) for _, salt in kept} == {16}
    assert len({bytes(salt) for _, salt in kept} | {bytes(16)}) == 3


@on_disk
async def test_no_code_of_a_person_is_in_what_counts_them(url: str) -> None:
    store = await open_store(url)
    await store.days.add({"page": 1}, [PERSON])
    await store.close()
    held = all_rows(url)
    assert len(held["visitors"]) == 2
    assert PERSON not in str({name: held[name] for name in ("daily", "visitors", "salts")})


@pytest.mark.parametrize("number", [0, 1, 2, 3, 10, 20])
def test_few_people_are_counted_exactly(number: int) -> None:
    codes = [f"{n}" for n in range(number)]
    assert estimate(registers_of(codes, b"salt").values()) == number


@pytest.mark.parametrize("number", [40, 500, 5_000, 12_000, 60_000])
def test_many_people_are_counted_within_some_percent(number: int) -> None:
    ranks = registers_of((f"{n}" for n in range(number)), b"salt")
    assert len(ranks) <= REGISTERS
    assert estimate(ranks.values()) == pytest.approx(number, rel=0.05)


# --- Read from outside


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as told:
        read_counted(url, 28)
    return str(told.value)


@on_disk
async def test_from_outside_the_same_is_read_while_the_bot_runs(url: str) -> None:
    store = await open_store(url)
    await store.days.add({"page": 1}, [PERSON])
    await vote(store, PERSON, "normal", True)
    assert read_counted(url, 28) == await store.days.read(28)
    assert not (await store.days.read(28)).is_empty
    await store.close()


def test_a_database_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    assert "there is no such database" in refusal(f"sqlite:///{tmp_path}/data/bot.db")
    assert not (tmp_path / "data").exists()
    assert "in memory" in refusal("sqlite://")


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"a shopping list " * 100)
    assert refusal(f"sqlite:///{tmp_path}/bot.db").endswith("can't be read: file is not a database")


def test_a_database_that_no_bot_has_opened_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()
    assert read_counted(f"sqlite:///{tmp_path}/bot.db", 28) is None


@on_disk
async def test_tables_of_another_version_are_told(url: str) -> None:
    store = await open_store(url)
    await rows_written(store, "UPDATE alembic_version SET version_num = '9999'")
    assert "a newer version of the bot made the tables (9999)" in refusal(url)
    await rows_written(store, "UPDATE alembic_version SET version_num = '0004'")
    await rows_written(store, "DROP TABLE daily")
    assert "of an older version (0004)" in refusal(url)
    await store.close()


# --- Who is told in Telegram


async def test_one_of_several_tells_and_only_after_a_while_again(store: Store) -> None:
    assert [await store.notices.claim("digest", lambda now: now - 60) for _ in range(3)] == [True, False, False]
    assert await store.notices.claim("another", lambda now: now - 60)
    await rows_written(store, "UPDATE notices SET at = at - 61 WHERE kind = 'digest'")
    assert [await store.notices.claim("digest", lambda now: now - 60) for _ in range(2)] == [True, False]


async def test_a_sign_of_life_tells_how_long_ago_the_last_was(store: Store) -> None:
    assert await store.notices.show_life() is None
    await rows_written(store, "UPDATE notices SET at = at - 700")
    assert await store.notices.show_life() == pytest.approx(700, abs=60)
    assert await store.notices.show_life() == pytest.approx(0, abs=60)


async def test_the_switch_is_a_persons_own_and_is_forgotten_with_them(store: Store) -> None:
    assert [await store.notices.toggle_digest(PERSON) for _ in range(3)] == [True, False, True]
    await store.notices.toggle_digest(OTHER)
    assert await store.notices.digest_wanted([PERSON, "a third one"]) == {PERSON}
    assert (await store.forget(PERSON)).digests == 1
    assert await store.notices.digest_wanted([PERSON, OTHER]) == {OTHER}
    await store.disown("0" * 16)
    assert await store.notices.digest_wanted([PERSON, OTHER]) == set()


async def test_an_outcome_without_a_vote_leaves_the_votes_alone(store: Store, calendar: Calendar) -> None:
    await vote(store, PERSON, "normal", True)
    calendar.go(SATURDAY + datetime.timedelta(1))
    await store.deliveries.finish([Outcome(1, PERSON, seen=1)])
    assert [each.day for each in (await store.days.read(28)).votes] == ["2026-11-28"]
