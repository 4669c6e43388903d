"""Settings are read once, checked at once, and a wrong one is told by name with what to do; no secret is shown."""

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from bot.packaged import packaged
from bot.settings import FROM_BOTFATHER, Settings, SettingsError, read_settings, unknown_settings

TOKEN = "123456:ABC-DEF_ghi"


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def secret(settings: Settings) -> str | None:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else None


def test_without_any_setting_the_bot_stays_on_this_computer() -> None:
    settings = read_settings()
    assert (settings.telegram_bot_token, settings.person_key, settings.admin_ids) == (None, None, ())
    assert (settings.host, settings.port, settings.database_url) == (
        "127.0.0.1",
        8080,
        "sqlite:///data/bot.db",
    )
    assert (settings.content_dir, settings.log_level) == (packaged("content") / "en", "INFO")


TAKEN: list[tuple[str, str, str, Any]] = [
    ("PORT", "9000", "port", 9000),
    ("PORT", " 9000 ", "port", 9000),
    ("PORT", "", "port", 8080),
    ("PORT", "   ", "port", 8080),
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ("LOG_LEVEL", "", "log_level", "INFO"),
    ("ADMIN_IDS", "", "admin_ids", ()),
    ("ADMIN_IDS", "12", "admin_ids", (12,)),
    ("ADMIN_IDS", "12, 34,56 78", "admin_ids", (12, 34, 56, 78)),
    ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "telegram_api_url", "http://127.0.0.1:8081"),
    ("TELEGRAM_API_URL", "", "telegram_api_url", "https://api.telegram.org"),
    ("CONTENT_DIR", "content/de", "content_dir", Path("content/de")),
    ("DATABASE_URL", "postgresql://bot@db/bot", "database_url", "postgresql://bot@db/bot"),
    ("TELEGRAM_BOT_TOKEN", "", "telegram_bot_token", None),
    ("PERSON_KEY", "", "person_key", None),
    ("WEBHOOK_URL", "", "webhook_url", None),
    ("WEBHOOK_TELEGRAM_ONLY", "Yes", "webhook_telegram_only", True),
    ("WEBHOOK_TELEGRAM_ONLY", "", "webhook_telegram_only", False),
    (
        "TRUSTED_PROXIES",
        "127.0.0.1, 10.0.0.0/8",
        "trusted_proxies",
        (ip_network("127.0.0.1"), ip_network("10.0.0.0/8")),
    ),
    ("METRICS_PORT", "0", "metrics_port", 0),
    ("METRICS_PORT", "", "metrics_port", 9464),
    ("WORDINGS_DAYS", "30", "wordings_days", 30),
    ("WORDINGS_DAYS", "", "wordings_days", 90),
    ("MESSAGES_PER_SECOND", "100", "messages_per_second", 100.0),
]


@pytest.mark.parametrize(("name", "written", "field", "value"), TAKEN)
def test_a_setting_is_taken_from_the_environment(
    name: str, written: str, field: str, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, written)
    assert getattr(read_settings(), field) == value


REACHABLE = "should be an address that Telegram can reach, such as https://bot.example.org/telegram"
REFUSED = [
    ("TELEGRAM_BOT_TOKEN", "hello", f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("TELEGRAM_BOT_TOKEN", "bot123:abc", f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("TELEGRAM_BOT_TOKEN", "123:", f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("TELEGRAM_BOT_TOKEN", "123:abc def", f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("TELEGRAM_BOT_TOKEN", '"123:abc"', f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("TELEGRAM_BOT_TOKEN", "²:abc", f"TELEGRAM_BOT_TOKEN {FROM_BOTFATHER}"),
    ("PERSON_KEY", "short", "PERSON_KEY is too short: give at least 16 characters, as random as you can"),
    ("PORT", "http", "PORT should be a number from 0 to 65535"),
    ("PORT", "70000", "PORT should be a number from 0 to 65535"),
    ("PORT", "-1", "PORT should be a number from 0 to 65535"),
    ("ADMIN_IDS", "me", "ADMIN_IDS should be Telegram ids with commas between them, such as 12345, 67890"),
    ("ADMIN_IDS", "12;34", "ADMIN_IDS should be Telegram ids with commas between them, such as 12345, 67890"),
    ("ADMIN_IDS", "1²", "ADMIN_IDS should be Telegram ids with commas between them, such as 12345, 67890"),
    ("LOG_LEVEL", "loud", "LOG_LEVEL should be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
    (
        "TELEGRAM_API_URL",
        "localhost",
        "TELEGRAM_API_URL should be a web address such as http://127.0.0.1:8081",
    ),
    ("METRICS_PORT", "x", "METRICS_PORT should be a number from 0 to 65535"),
    (
        "WORDINGS_DAYS",
        "365",
        "WORDINGS_DAYS should be a number of days from 1 to 90: longer was not promised to those who wrote",
    ),
    ("MESSAGES_PER_SECOND", "0", "MESSAGES_PER_SECOND should be a number from 0.1 to 1000"),
    ("WEBHOOK_TELEGRAM_ONLY", "maybe", "WEBHOOK_TELEGRAM_ONLY should be true or false"),
    (
        "WEBHOOK_SECRET",
        "with space",
        "WEBHOOK_SECRET should be 1 to 256 of the letters A-Z, a-z, the digits, - and _",
    ),
    (
        "TRUSTED_PROXIES",
        "proxy.local",
        "TRUSTED_PROXIES should be addresses or networks with commas, such as 127.0.0.1, 10.0.0.0/8",
    ),
    *(
        ("WEBHOOK_URL", address, f"WEBHOOK_URL {REACHABLE}")
        for address in (
            "http://bot.example.org/x",
            "bot.example.org",
            "https://",
            "https://a b/",
            "https://a:b/",
            "ftp://a/",
        )
    ),
]


@pytest.mark.parametrize(("name", "written", "what"), REFUSED)
def test_a_setting_that_cannot_be_used_is_told_with_what_to_do(
    name: str, written: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, written)
    with pytest.raises(SettingsError) as told:
        read_settings()
    assert str(told.value) == what


@pytest.mark.parametrize(
    "address",
    ["https://bot.example.org/telegram", "http://localhost:8443/x", "http://127.0.0.1/", "http://[::1]/"],
)
def test_a_webhook_is_at_a_safe_address_or_on_this_machine(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", address)
    monkeypatch.setenv("WEBHOOK_SECRET", "s" * 256)
    assert read_settings().webhook_url == address


def test_a_webhook_without_a_secret_is_refused_and_a_new_secret_suggested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/telegram")
    with pytest.raises(SettingsError) as told:
        read_settings()
    suggested = str(told.value).rpartition("WEBHOOK_SECRET=")[2]
    monkeypatch.setenv("WEBHOOK_SECRET", suggested)
    kept = read_settings().webhook_secret
    assert kept is not None
    assert kept.get_secret_value() == suggested
    assert len(suggested) > 40


def test_all_settings_that_cannot_be_used_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "x")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "x")
    with pytest.raises(SettingsError) as told:
        read_settings()
    assert [line.split()[0] for line in str(told.value).splitlines()] == [
        "TELEGRAM_BOT_TOKEN",
        "PORT",
        "LOG_LEVEL",
    ]


def test_the_env_file_is_read_and_the_environment_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(f"# mine\nTELEGRAM_BOT_TOKEN={TOKEN}\nPORT=9000\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9001")
    settings = read_settings()
    assert (secret(settings), settings.port) == (TOKEN, 9001)


def test_what_the_command_line_gives_goes_before_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9001")
    assert read_settings(port=9002, content_dir=None).port == 9002


def test_an_env_file_that_is_not_utf_8_is_told() -> None:
    Path(".env").write_bytes("PERSON_KEY=größer als sechzehn".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"\.env: this is not UTF-8"):
        read_settings()


def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("PERSON_KEY", "a very long secret")
    monkeypatch.setenv("WEBHOOK_SECRET", "a-webhook-secret")
    shown = repr(read_settings())
    assert TOKEN not in shown
    assert "a-webhook-secret" not in shown
    assert "a very long secret" not in shown


def test_a_refused_secret_is_shown_neither_in_the_message_nor_in_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f"{TOKEN} and more")
    monkeypatch.setenv("PERSON_KEY", "tooshort")
    with pytest.raises(SettingsError) as told:
        read_settings()
    for shown in (str(told.value), str(told.value.__cause__), repr(told.value.__cause__)):
        assert TOKEN not in shown
        assert "tooshort" not in shown


def test_the_settings_in_the_example_file_are_settings_that_there_are() -> None:
    lines = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")}
    assert named <= {name.upper() for name in Settings.model_fields}
    assert "TELEGRAM_BOT_TOKEN" in named


@pytest.mark.parametrize(
    "written",
    [
        "TELEGRAM_BOT_TOKEN={}\n", 'TELEGRAM_BOT_TOKEN="{}"\n', "TELEGRAM_BOT_TOKEN='{}'\n", "TELEGRAM_BOT_TOKEN = {}\n",
        "export TELEGRAM_BOT_TOKEN={}\n", "\ufeffTELEGRAM_BOT_TOKEN={}\n", "TELEGRAM_BOT_TOKEN={}\r\n", "telegram_bot_token={}",
    ],
)  # fmt: skip
def test_a_token_in_env_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    (tmp_path / ".env").write_text(written.format(TOKEN), encoding="utf-8", newline="")
    assert secret(read_settings()) == TOKEN
    assert unknown_settings() == ()


def test_a_name_in_env_that_is_no_setting_is_told(tmp_path: Path) -> None:
    names = ("ADMIN_ID", "TELEGRAM_BOT_TOKN", "PASSWORT", "DOMAIN", "POSTGRES_PASSWORD", "HTTPS_PROXY", "TZ", "PORT")
    (tmp_path / ".env").write_text("".join(f"{name}=1\n" for name in names), encoding="utf-8")
    assert unknown_settings() == (
        ".env: ADMIN_ID is no setting of this bot, did you mean ADMIN_IDS?",
        ".env: TELEGRAM_BOT_TOKN is no setting of this bot, did you mean TELEGRAM_BOT_TOKEN?",
        ".env: PASSWORT is no setting of this bot",
    )


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me@host/bot")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/bot/")
    monkeypatch.setenv("PORT", "x")
    with pytest.raises(SettingsError) as told:
        read_settings()
    assert sorted(line.partition(" ")[0] for line in str(told.value).splitlines()) == [
        "DATABASE_URL", "PORT", "TELEGRAM_API_URL",
    ]  # fmt: skip
