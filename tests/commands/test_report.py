"""`report`: how the bot was used, out of a database that may be missing, empty, or in use."""

import asyncio
import csv
import importlib.util
import io
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.line import line
from bot.settings import Settings
from bot.store import Outcome, open_store

HAS_MATPLOTLIB = importlib.util.find_spec("matplotlib") is not None
SAID = {
    "question:answer": 8, "question:choices": 2, "question:unknown": 1, "question:danger": 1, "hour": 12,
    "shown:normal": 6, "shown:why": 4, "danger:emergency/choking": 1, "not_meant:choking": 1,
    "offered:normal/why": 2, "tapped:normal/why/why": 1, "tapped:normal/why/-": 1, "none_of_these": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def report(*arguments: str) -> Result:
    return CliRunner().invoke(line, ["report", *arguments], prog_name="python -m bot")


def fill(names: dict[str, int] = SAID, people: int = 5) -> str:
    """A database as a bot leaves it; today, as it has it."""

    async def work() -> str:
        store = await open_store("sqlite:///data/bot.db")
        if names:
            await store.days.add(names, [f"person {number}" for number in range(people)])
            for number in range(2):
                await store.deliveries.finish([Outcome(person=f"person {number}", vote=("normal", True))])
        today = (await store.days.read(1)).today.isoformat()
        await store.close()
        return today

    return asyncio.run(work())


def test_a_database_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    told = report()
    assert told.exit_code == 1
    assert told.stderr.startswith("data/bot.db: there is no such database. DATABASE_URL should name")
    assert told.stdout == ""
    assert not (tmp_path / "data").exists()


def test_what_is_no_database_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"a shopping list " * 100)
    told = report("--json")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "the database of DATABASE_URL can't be read: file is not a database\n"


def test_a_server_that_does_not_answer_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2-secret@127.0.0.1:1/bot")
    told = report()
    assert told.exit_code == 1
    assert "can't be read: connection failed" in told.stderr
    assert "hunter2" not in told.stderr


def test_an_empty_one_says_that_nothing_was_counted_yet() -> None:
    fill({})
    told = report()
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "Nothing was counted yet.\n")
    assert json.loads(report("--json").stdout)["days"] == []


def test_json_has_the_days_and_the_entries() -> None:
    today = fill()
    told = report("--json")
    found = json.loads(told.stdout)
    assert (told.exit_code, told.stderr) == (0, "")
    assert found["days"] == [
        {
            "day": today,
            "questions": 12,
            "answered": 8,
            "choices": 2,
            "unknown": 1,
            "danger": 1,
            "helpful": 2,
            "unhelpful": 0,
        }
    ]
    assert found["entries"] == [
        {"entry": "normal", "shown": 6, "helpful": 2, "unhelpful": 0, "low": 0.342, "high": 1.0},
        {"entry": "why", "shown": 4, "helpful": 0, "unhelpful": 0, "low": 0.0, "high": 1.0},
    ]
    assert (found["more_by_day"][0]["people"], found["weeks"][0]["people"]) == (5, 5)
    assert sum(found["hours"]) == 12
    assert found["pairs"] == [{"pair": ["normal", "why"], "offered": 2, "first": 0, "second": 1, "other": 0, "none": 1}]


def test_the_tables_fit_eighty_columns_and_tell_everything() -> None:
    today = fill()
    told = report().stdout
    assert max(map(len, told.splitlines())) <= 80
    for part in ("By week, the last 28 days", f"│ {today} │      5 │        12 │     67 %", "1 (8 %)", "choking",
                 "34 % │ 100 %", '"Which of these"', "none of these", "█"):  # fmt: skip
        assert part in told
    assert "…" not in told


def test_what_was_long_ago_is_asked_for_with_days(tmp_path: Path) -> None:
    fill()
    with sqlite3.connect(tmp_path / "data" / "bot.db") as database:
        database.execute("UPDATE daily SET day = date('now', '-40 days')")
        database.execute("UPDATE votes SET day = NULL")
        database.execute("DELETE FROM visitors")
        database.execute("INSERT INTO daily VALUES ('earlier', 'answer:normal', 7)")
    told = report()
    assert told.stderr == "Nothing was counted in the last 28 days.\n"
    assert "2 votes are of no known day" in told.stdout
    assert "Counted before days were kept: answer:normal 7" in told.stdout
    found = json.loads(report("--days", "41", "--json").stdout)
    assert (found["days"][0]["questions"], len(found["days"]), found["undated_votes"]) == (12, 41, 2)
    assert found["earlier"] == {"answer:normal": 7}


@pytest.mark.parametrize("days", ["0", "732", "many"])
def test_days_that_are_not_kept_cannot_be_asked_for(days: str) -> None:
    assert report("--days", days).exit_code == 2


def test_csv_goes_to_a_file_or_to_standard_output(tmp_path: Path) -> None:
    today = fill()
    (row,) = csv.DictReader(io.StringIO(report("--csv", "-").stdout))
    assert (row["day"], row["people"], row["questions"], row["none_of_these"]) == (today, "5", "12", "1")
    told = report("--csv", "days.csv")
    assert (told.exit_code, told.stdout) == (0, "")
    (again,) = csv.DictReader((tmp_path / "days.csv").open(encoding="utf-8"))
    assert again == row
    told = report("--csv", "no/such/folder.csv")
    assert (told.exit_code, told.stderr) == (1, "no/such/folder.csv: can't be written (No such file or directory)\n")


@pytest.mark.skipif(HAS_MATPLOTLIB, reason="matplotlib is installed")
def test_without_matplotlib_a_picture_is_refused_with_what_to_install(tmp_path: Path) -> None:
    fill()
    told = report("--png", "use.png")
    assert told.exit_code == 1
    assert told.stderr.startswith("A picture needs matplotlib: pip install")
    assert not (tmp_path / "use.png").exists()


@pytest.mark.skipif(not HAS_MATPLOTLIB, reason="the extra 'report' (matplotlib) is not installed")
def test_a_picture_is_drawn(tmp_path: Path) -> None:
    fill()
    told = report("--png", "use.png")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "")
    assert (tmp_path / "use.png").read_bytes().startswith(b"\x89PNG")
