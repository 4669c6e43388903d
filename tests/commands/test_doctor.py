"""The doctor tells what is right and what is not, what to do, and no secret; against a pretend Telegram over HTTP."""

import asyncio
import contextlib
import importlib.metadata
import json
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.commands.line import line
from bot.operation.doctor import storage
from bot.operation.doctor.result import CheckResult
from bot.operation.doctor.storage import StorageConfig, examine_storage
from bot.operation.doctor.telegram import TelegramAccess, examine_telegram
from bot.preview.faults import Fault
from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import Served, serve
from bot.settings import Settings
from bot.store import make_key, open_store
from bot.telegram.api import ALLOWED_UPDATES

ROOT = Path(__file__).parents[2]
SERVER = "postgresql://postgres:postgres@127.0.0.1:5432/test?connect_timeout=2"
OURS = "https://bot.example.org/telegram-3f9c"


@pytest.fixture
def telegram() -> PretendTelegram:
    return PretendTelegram()


@pytest.fixture
async def served(telegram: PretendTelegram) -> AsyncIterator[Served]:
    served = await serve(telegram)
    yield served
    await served.stop()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, small_pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with a small content."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTENT_DIR", str(small_pack))
    return tmp_path


async def doctor(*arguments: str) -> Result:
    command = ["doctor", *arguments]
    return await asyncio.to_thread(lambda: CliRunner().invoke(line, command, prog_name="python -m bot"))


async def findings() -> tuple[int, dict[str, dict[str, str]]]:
    result = await doctor("--json")
    return result.exit_code, {each["subject"]: each for each in json.loads(result.stdout)}


def live(monkeypatch: pytest.MonkeyPatch, served: Served, token: str = TOKEN) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    monkeypatch.setenv("TELEGRAM_API_URL", served.api_url.removesuffix("/bot"))


async def keep_something(home: Path) -> None:
    """What a first start leaves behind."""
    await (await open_store("sqlite:///data/bot.db")).close()
    make_key(home / "data" / "person.key")


def dump(home: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(home / "data" / "bot.db")) as database:
        return list(database.iterdump())


@pytest.mark.long
async def test_a_healthy_bot_is_told_so_and_everything_is_looked_at(
    home: Path,
    served: Served,
    telegram: PretendTelegram,
    understanding: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    live(monkeypatch, served)
    monkeypatch.setenv("CONTENT_DIR", str(ROOT / "content" / "en"))  # what was learnt from it ships
    await keep_something(home)
    code, found = await findings()
    assert code == 0
    assert list(found) == [
        "token", "delivery", "updates", "groups", "inline mode", "clock", "settings", "store", "people's key", "data folder",
        "disk", "use", "content", "dates", "learnt", "Python", "libraries",
    ]  # fmt: skip
    unwell = {name: each for name, each in found.items() if each["state"] != "ok"}
    assert unwell == {}
    assert "@preview_bot" in found["token"]["says"]
    assert telegram.violations == []
    plain = await doctor()
    assert plain.stdout.splitlines()[-1].startswith("Nothing is broken")
    assert TOKEN.partition(":")[2] not in plain.stdout + plain.stderr


async def test_without_a_token_the_rest_is_looked_at(understanding: object) -> None:
    code, found = await findings()
    assert (code, found["token"]["state"], found["content"]["state"]) == (0, "look", "ok")
    assert "@BotFather" in found["token"]["do"]
    assert "delivery" not in found


async def test_looking_leaves_no_trace(home: Path) -> None:
    await findings()
    assert os.listdir(home) == []
    await keep_something(home)
    before = dump(home)
    code, found = await findings()
    assert (code, found["store"]["state"]) == (0, "ok")
    assert dump(home) == before


FAULTS = {
    "a wrong token": (Fault(401, "Unauthorized"), "token", "broken", 1),
    "a server in trouble": (Fault(502), "Telegram", "broken", 1),
    "no answer": (Fault(None), "Telegram", "broken", 1),
    "too many requests": (Fault(429, retry_after=30), "Telegram", "look", 0),
}


@pytest.mark.parametrize("method", ["getMe", "getWebhookInfo"])
@pytest.mark.parametrize(("fault", "subject", "state", "code"), FAULTS.values(), ids=FAULTS.keys())
async def test_a_telegram_that_fails_is_told_and_the_rest_is_looked_at(
    served: Served,
    telegram: PretendTelegram,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    fault: Fault,
    subject: str,
    state: str,
    code: int,
) -> None:
    live(monkeypatch, served)
    telegram.fail(method, fault)
    ended, found = await findings()
    assert (ended, found[subject]["state"]) == (code, state)
    assert found[subject]["do"]
    assert "libraries" in found


async def test_nobody_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    code, found = await findings()
    assert (code, found["Telegram"]["says"]) == (1, "127.0.0.1:9 can't be reached (Connection refused)")


# --- How updates come


async def examined(served: Served, webhook: str | None = None, ahead: float = 0.0) -> dict[str, CheckResult]:
    url = served.api_url.removesuffix("/bot")
    access = TelegramAccess(
        TOKEN, url, webhook, tuple(ALLOWED_UPDATES), lambda: datetime.now(UTC) + timedelta(seconds=ahead)
    )
    return {each.subject: each for each in await examine_telegram(access)}


def say_of_webhook(telegram: PretendTelegram, **more: Any) -> None:
    """Let Telegram tell of its webhook as after days of work."""
    info = {"url": OURS, "has_custom_certificate": False, "pending_update_count": 0, **more}
    telegram._methods["getWebhookInfo"] = lambda _: info


DELIVERY = [
    ("", None, "ok", "polling"),
    ("", OURS, "look", "does not know"),
    (OURS, OURS, "ok", "bot.example.org"),
    (OURS, None, "look", "no WEBHOOK_URL here"),
    (
        "https://other.example/x",
        OURS,
        "broken",
        "(203.0.113.7), WEBHOOK_URL is https://bot.example.org/...",
    ),
    ("https://bot.example.org/old", OURS, "broken", "with another path"),
]


@pytest.mark.parametrize(("there", "here", "state", "says"), DELIVERY)
async def test_the_way_updates_come_is_compared_with_the_settings(
    served: Served, telegram: PretendTelegram, there: str, here: str | None, state: str, says: str
) -> None:
    say_of_webhook(telegram, url=there, ip_address="203.0.113.7")
    finding = (await examined(served, here))["delivery"]
    assert (finding.state, says in finding.says) == (state, True), finding
    assert "telegram-3f9c" not in finding.says
    assert "203.0.113.7" in finding.says or not there


async def test_a_webhook_that_fails_is_told_with_telegrams_words_and_an_old_failure_is_not_held_against_it(
    served: Served, telegram: PretendTelegram
) -> None:
    words = "Wrong response from the webhook: 502 Bad Gateway"
    minute, day = int(time.time()) - 120, int(time.time()) - 86_400
    say_of_webhook(telegram, last_error_date=minute, last_error_message=words, pending_update_count=2000)
    found = await examined(served, OURS)
    assert (found["last failure"].state, found["updates"].state) == ("look", "look")
    assert found["last failure"].says == f"2 minutes ago, Telegram said: {words}"
    say_of_webhook(telegram, last_error_date=day, last_error_message=words)
    found = await examined(served, OURS)
    assert found["last failure"] == CheckResult("last failure", "ok", "24 hours ago, got over since")


async def test_a_port_telegram_does_not_go_to_is_broken(served: Served) -> None:
    found = await examined(served, "https://bot.example.org:9000/x")
    assert found["webhook's port"].state == "broken"
    assert "webhook's port" not in await examined(served, "https://bot.example.org:8443/x")


async def test_kinds_of_update_that_were_agreed_on_long_ago_are_told(served: Served, telegram: PretendTelegram) -> None:
    say_of_webhook(telegram, allowed_updates=["message", "poll"])
    assert (await examined(served, OURS))["kinds of update"].state == "look"


@pytest.mark.parametrize(("ahead", "state"), [(0, "ok"), (-3, "ok"), (60, "look"), (-60, "look")])
async def test_a_clock_that_goes_wrong_is_told(served: Served, ahead: float, state: str) -> None:
    finding = (await examined(served, ahead=ahead))["clock"]
    assert finding.state == state
    assert state == "ok" or ("ahead" if ahead > 0 else "behind") in finding.says


async def test_a_bot_that_hears_whole_groups_is_told(served: Served, telegram: PretendTelegram) -> None:
    me = {**telegram.bot.to_json(), "can_join_groups": True, "can_read_all_group_messages": True}
    telegram._methods["getMe"] = lambda _: {**me, "supports_inline_queries": False}
    assert "/setprivacy" in (await examined(served))["groups"].do


async def test_inline_mode_that_is_off_is_told_and_how_to_switch_it_on(
    served: Served, telegram: PretendTelegram
) -> None:
    assert (await examined(served))["inline mode"].state == "ok"
    telegram.world.has_inline_mode = False
    finding = (await examined(served))["inline mode"]
    assert finding.state == "look"
    assert "/setinline at @BotFather" in finding.do


# --- What is kept


def kept(home: Path, **more: Any) -> dict[str, CheckResult]:
    given: dict[str, Any] = {
        "database_url": "sqlite:///data/bot.db",
        "own_key": None,
        "shared": False,
        **more,
    }
    return {each.subject: each for each in examine_storage(StorageConfig(folder=home / "data", **given))}


async def test_a_secret_that_others_can_read_is_broken(home: Path) -> None:
    await keep_something(home)
    (home / "data" / "person.key").chmod(0o644)
    finding = kept(home)["people's key"]
    assert (finding.state, finding.do) == ("broken", f"chmod 600 {home}/data/person.key")
    assert kept(home, own_key=b"a key")["people's key"].state == "ok"


async def test_an_empty_secret_is_broken(home: Path) -> None:
    await keep_something(home)
    (home / "data" / "person.key").write_text("\n")
    assert kept(home)["people's key"].state == "broken"


def test_a_database_that_is_none_is_broken_without_its_password(home: Path) -> None:
    for url in ("mysql://me:hunter2@host/x", "what", "postgresql://me:hunter2@127.0.0.1:9/x"):
        finding = kept(home, database_url=url)["store"]
        assert finding.state == "broken"
        assert "hunter2" not in finding.says
    (home / "file.db").write_text("this is no database, it is a text that is long enough to be looked at" * 20)
    assert kept(home, database_url="sqlite:///file.db")["store"].state == "broken"


@pytest.mark.parametrize(("version", "state"), [("0000", "broken"), ("9999", "broken")])
async def test_tables_of_a_version_that_is_not_known_are_broken(home: Path, version: str, state: str) -> None:
    await keep_something(home)
    with contextlib.closing(sqlite3.connect(home / "data" / "bot.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (version,))
    assert kept(home)["store"].state == state


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_database_that_cannot_be_written_is_broken(home: Path) -> None:
    await keep_something(home)
    (home / "data" / "bot.db").chmod(0o400)
    assert kept(home)["store"].state == "broken"


async def test_a_database_somebody_else_has_locked_is_broken_in_time(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep_something(home)
    monkeypatch.setattr("bot.store.examination.WAITING", {"sqlite": {"timeout": 0.1}})
    with contextlib.closing(sqlite3.connect(home / "data" / "bot.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        assert kept(home)["store"].says == "it can't be used: database is locked"


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of a schema of its own on the test server."""
    psycopg = pytest.importorskip("psycopg", reason="the postgres extra is not installed")
    schema = f"doctor_test_{secrets.token_hex(6)}"
    try:
        connection = psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as error:
        if os.environ.get("NEED_POSTGRES"):
            raise
        pytest.skip(f"no PostgreSQL server with a database 'test' on 127.0.0.1:5432: {error}")
    with connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        yield f"{SERVER}&options=-csearch_path%3D{schema}"
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.mark.postgres
async def test_postgresql_is_looked_at_and_left_as_it_was(home: Path, postgres: str) -> None:
    assert kept(home, database_url=postgres)["store"].says == "PostgreSQL: there is nothing in it yet"
    store = await open_store(postgres)
    finding = kept(home, database_url=postgres)["store"]
    assert (finding.state, "a write and its undoing took" in finding.says) == ("ok", True)
    assert await store.counts() == {}
    await store.close()
    wrong = postgres.replace("postgres:postgres@", "postgres:hunter2@").replace("/test?", "/nowhere?")
    finding = kept(home, database_url=wrong)["store"]
    assert finding.state == "broken"
    assert "hunter2" not in finding.says


def test_copies_that_share_need_postgresql_and_one_secret(home: Path) -> None:
    assert kept(home, shared=True)["copies"].state == "look"
    url = "postgresql://bot@127.0.0.1:9/bot"
    assert kept(home, shared=True, database_url=url)["people's key"].do.startswith("set the same PERSON_KEY")


@pytest.mark.parametrize(("free", "state"), [(10_000_000, "broken"), (100_000_000, "look"), (10**9, "ok")])
def test_a_full_disk_is_told(home: Path, free: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type(shutil.disk_usage(home))
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda _: usage(10**12, 10**12 - free, free))
    assert kept(home)["disk"].state == state


# --- What it knows, and with what


async def test_content_with_mistakes_is_broken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "faq.yaml").write_text("- id: why\n  relatd: x\n")
    monkeypatch.setenv("CONTENT_DIR", ".")
    code, found = await findings()
    assert (code, found["content"]["state"]) == (1, "broken")
    assert "faq.yaml:1:" in found["content"]["says"]


async def test_answers_nobody_has_looked_at_for_a_year_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = "- id: {0}\n  question: {0}?\n  verdict: Yes.\n  call: [Ask.]\n  phrasings: [{0} is it]\n"
    faq = entry.format("one") + "  reviewed: 2020-01-31\n" + entry.format("two")
    (home / "faq.yaml").write_text(faq)
    monkeypatch.setenv("CONTENT_DIR", ".")
    code, found = await findings()
    assert (code, found["dates"]["state"]) == (0, "look")
    assert found["dates"]["says"] == "1 were read over more than a year ago, 1 never: one, two"
    assert found["learnt"]["state"] == "look"


async def test_libraries_that_are_missing_or_too_old_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name == "rapidfuzz":
            raise importlib.metadata.PackageNotFoundError
        return "1.0" if name == "alembic" else real(name)

    monkeypatch.setattr("bot.operation.doctor.versions.metadata.version", version)
    code, found = await findings()
    assert code == 1
    assert found["libraries"]["says"] == "rapidfuzz is missing; alembic 1.0 is not <2,>=1.14"


async def test_settings_that_cannot_be_used_are_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "hunter2")
    result = await doctor()
    assert result.exit_code == 1
    assert "TELEGRAM_BOT_TOKEN should look like" in result.stderr
    assert "hunter2" not in result.output
