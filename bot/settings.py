"""The environment, read once and checked at once."""

import difflib
import ipaddress
import re
import secrets
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.packaged import default_content

FROM_BOTFATHER = "should look like 123456:ABC-DEF...: get one from @BotFather in Telegram with /newbot"
LIKELY = 0.75  # how like a setting a name must be to be taken for a slip, by difflib's measure
LAST_PORT = 65535  # TCP's
KEY_LENGTH = 16  # characters; a shorter secret could be guessed, and with it who is who
DATABASE = re.compile(r"(?:sqlite|postgres(?:ql)?)(?:\+\w+)?://")
# Names in .env that are for other programs: compose, the proxy, the system.
FOREIGN = re.compile(
    r"DOMAIN|POSTGRES_\w+|COMPOSE_\w+|DOCKER_\w+|(?:HTTPS?|ALL|NO)_PROXY|TZ|LANG|LC_\w+|PYTHON\w+", re.I
)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram takes as a webhook's secret
NEW_SECRET_BYTES = 32  # of the secret that is suggested where there is none
LONGEST_KEPT = 90  # days: what the page on privacy promises
SWITCHES = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}
ENV_FILE = Path(".env")
Networks = tuple[IPv4Network | IPv6Network, ...]


class SettingsError(Exception):
    """A setting that can't be used; the message names it and says how to mend it, a line each."""


class Settings(BaseSettings):
    """Everything that differs from one place to another. Names in the environment are in capitals."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^\s/]+(/\S*)?$")
    database_url: str = Field("sqlite:///data/bot.db", repr=False)
    person_key: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=LAST_PORT)
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_telegram_only: bool = False
    trusted_proxies: Annotated[Networks, NoDecode] = ()
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=9464, ge=0, le=LAST_PORT)
    messages_per_second: float = Field(default=30.0, ge=0.1, le=1000)
    wordings_days: int = Field(default=LONGEST_KEPT, ge=1, le=LONGEST_KEPT)
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    content_dir: Path = Field(default_factory=default_content)
    log_level: str = Field(default="INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR|CRITICAL)$")

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any, info: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            return cls.model_fields[info.field_name].get_default(call_default_factory=True)
        return value.strip() if isinstance(value, str) else value

    @field_validator("telegram_bot_token", mode="after")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return value
        number, _, secret = value.get_secret_value().partition(":")
        if not (number.isascii() and number.isdigit()) or not secret or any(letter.isspace() for letter in secret):
            raise ValueError(FROM_BOTFATHER)
        return value

    @field_validator("database_url", mode="after")
    @classmethod
    def _database_kind(cls, value: str) -> str:
        if not DATABASE.match(value):
            raise ValueError("should be sqlite:///data/bot.db or postgresql://user:password@host/name")
        # With two, a part of the password would pass for the name of the server, and be told in errors.
        if not value.startswith("sqlite") and value.partition("?")[0].count("@") > 1:
            raise ValueError("holds '@' twice: in the password write it as %40")
        return value

    @field_validator("person_key", mode="after")
    @classmethod
    def _key_length(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < KEY_LENGTH:
            raise ValueError(f"is too short: give at least {KEY_LENGTH} characters, as random as you can")
        return value

    @field_validator("webhook_url", mode="after")
    @classmethod
    def _webhook_shape(cls, value: str | None) -> str | None:
        if value is not None and not _is_reachable(value):
            raise ValueError("should be an address that Telegram can reach, such as https://bot.example.org/telegram")
        return value

    @field_validator("webhook_secret", mode="after")
    @classmethod
    def _secret_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("should be 1 to 256 of the letters A-Z, a-z, the digits, - and _")
        return value

    @field_validator("webhook_telegram_only", mode="before")
    @classmethod
    def _switch(cls, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return value
        if value.strip().lower() not in SWITCHES:
            raise ValueError("should be true or false")
        return SWITCHES[value.strip().lower()]

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ipaddress.ip_network(each) for each in value.replace(",", " ").split())
        except ValueError as error:
            raise ValueError("should be addresses or networks with commas, such as 127.0.0.1, 10.0.0.0/8") from error

    @model_validator(mode="after")
    def _webhook_has_secret(self) -> "Settings":
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError(
                "WEBHOOK_SECRET is needed with WEBHOOK_URL: without it anybody could speak in Telegram's "
                "name. Here is a new one; all copies of the bot must share it: "
                f"WEBHOOK_SECRET={secrets.token_urlsafe(NEW_SECRET_BYTES)}"
            )
        return self

    @field_validator("telegram_api_url", mode="after")
    @classmethod
    def _server_only(cls, value: str) -> str:
        value = value.rstrip("/")
        if urlsplit(value).path.endswith("/bot"):
            raise ValueError(f"ends in /bot, which the bot adds by itself: write {value.removesuffix('/bot')}")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: Any) -> Any:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        ids = value.replace(",", " ").split()
        if not all(each.isascii() and each.isdigit() for each in ids):
            raise ValueError("should be Telegram ids with commas between them, such as 12345, 67890")
        return tuple(map(int, ids))


def unknown_settings(path: Path = ENV_FILE) -> tuple[str, ...]:
    """A line for each name in `.env` that is no setting: it would be passed over in silence."""
    known = [name.upper() for name in Settings.model_fields]
    try:
        given = dotenv_values(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(
        f"{path}: {name} is no setting of this bot{_did_you_mean(name.upper(), known)}"
        for name in given
        if name.upper() not in known and not FOREIGN.fullmatch(name)
    )


def read_settings(**given: Any) -> Settings:
    """The settings from the environment and `.env`; `given` ones (from the command line) win.

    Raises SettingsError naming every setting that can't be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError("\n".join(_line(dict(each)) for each in error.errors())) from error
    except UnicodeDecodeError as error:
        raise SettingsError(".env: this is not UTF-8: save the file as UTF-8") from error


def _did_you_mean(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=LIKELY)
    return f", did you mean {near[0]}?" if near else ""


def _is_reachable(address: str) -> bool:
    """Whether a webhook may be there: https, or http on this very machine, where a Bot API server may run."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname or any(map(str.isspace, address)):
        return False
    return parts.scheme == "https" or _is_this_machine(parts.hostname)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _line(error: dict[str, Any]) -> str:
    if not error["loc"]:  # about several settings at once: it names them itself
        return str(error["ctx"]["error"])
    name = str(error["loc"][0]).upper()
    if error["type"] == "value_error":
        return f"{name} {error['ctx']['error']}"
    if name == "LOG_LEVEL":
        return f"{name} should be DEBUG, INFO, WARNING, ERROR or CRITICAL"
    if name == "TELEGRAM_API_URL":
        return f"{name} should be a web address such as http://127.0.0.1:8081"
    if name in ("PORT", "METRICS_PORT"):
        return f"{name} should be a number from 0 to {LAST_PORT}"
    if name == "WORDINGS_DAYS":
        return f"{name} should be a number of days from 1 to {LONGEST_KEPT}: longer was not promised to those who wrote"
    if name == "MESSAGES_PER_SECOND":
        return f"{name} should be a number from 0.1 to 1000"
    return f"{name} can't be used as it is"
