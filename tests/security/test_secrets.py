"""No secret leaves by the side doors: help, errors, the files of the project, the processes' own command lines."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.commands.line import line
from bot.operation.logs import secrets_of
from bot.settings import Settings, SettingsError, read_settings
from bot.store import StoreError, open_store

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefgh"
GIVEN = {
    "TELEGRAM_BOT_TOKEN": TOKEN, "PERSON_KEY": "hunter2-hunter2-hunter2", "WEBHOOK_SECRET": "hunter3-hunter3",
    "DATABASE_URL": "postgresql://bot:hunter4@127.0.0.1:9/bot",
}  # fmt: skip
SECRETS = (TOKEN.partition(":")[2], "hunter2", "hunter3", "hunter4")
COMMANDS = [each.name or getattr(each.callback, "__name__", "") for each in line.registered_commands]


@pytest.fixture(autouse=True)
def _given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)


def shows(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def test_whatever_is_named_a_secret_is_kept_as_one() -> None:
    for name, info in Settings.model_fields.items():
        if re.search("token|secret|password|_key", name):
            assert SecretStr in getattr(info.annotation, "__args__", (info.annotation,)), name
    settings = read_settings()
    assert not shows(repr(settings) + str(settings))
    assert {each for each in SECRETS if each in "\n".join(secrets_of(settings))} >= {
        SECRETS[0], "hunter2", "hunter4",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_no_value_of_the_environment(command: str) -> None:
    result = CliRunner().invoke(line, [*([command] if command else []), "--help"], prog_name="python -m bot")
    assert result.exit_code == 0
    assert not shows(result.output)


def test_no_command_takes_a_secret_on_its_command_line() -> None:
    """Everybody on the machine can read those."""
    for command in COMMANDS:
        text = CliRunner().invoke(line, [command, "--help"]).output.lower()
        assert not re.search(r"--\S*(token|secret|password|key)", text)


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_command_that_cannot_go_on_shows_no_secret(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("CONTENT_DIR", str(ROOT / "nowhere"))
    result = CliRunner().invoke(line, [command], prog_name="python -m bot")
    assert result.exit_code == 1
    assert not shows(result.output + repr(result.exception))


REFUSED: list[dict[str, str]] = [
    {"TELEGRAM_BOT_TOKEN": "hunter2 hunter3"},
    {"PERSON_KEY": "hunter2"},
    {"DATABASE_URL": "postgresql://bot:hunter4@hunter3@host/bot"},
    {"PORT": "hunter4"},
    {"ADMIN_IDS": "hunter4"},
    {"LOG_LEVEL": "hunter4"},
    {"TELEGRAM_API_URL": "hunter4"},
]


@pytest.mark.parametrize("given", REFUSED, ids=lambda each: next(iter(each)))
def test_a_setting_that_is_refused_is_not_repeated(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert next(iter(given)) in str(refused.value)
    assert not shows(str(refused.value))


@pytest.mark.parametrize(
    "url",
    ["postgresql://bot:hunter4@127.0.0.1:9/bot", "postgresql://bot:hunter4@nowhere.invalid/bot",
     "postgresql://bot:hunter4@127.0.0.1:port/bot", "mysql://bot:hunter4@host/bot", "postgresql://bot:hunter4@[::1/bot",
     "sqlite:////proc/hunter4/bot.db", "postgresql://bot:hunter4/hunter4@127.0.0.1:9/bot"],
)  # fmt: skip
async def test_a_database_that_cannot_be_opened_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as failed:
        await open_store(url)
    assert not shows(str(failed.value))


def test_a_password_in_the_query_is_hidden_too() -> None:
    settings: Any = Settings(database_url="postgresql://bot@db/bot?password=hunter4", _env_file=None)
    assert "hunter4" in secrets_of(settings)


def test_no_secret_is_kept_in_the_project() -> None:
    """Tokens have a shape of their own; only made-up ones stand in tests."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git as it is installed
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this is no git working copy")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".jsonl") or not path.is_file():
            continue
        found = re.findall(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b", path.read_text(encoding="utf-8", errors="replace"))
        assert all(re.search("PREVIEW|WRONG|ABCDEFG", each) for each in found), name
        assert not name.endswith((".env", ".key", ".pem", ".db")), name
