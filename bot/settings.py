"""The environment, read once and checked at once."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.hidden import DatabaseUrl

FROM_BOTFATHER = "should look like 123456:ABC-DEF...: get one from @BotFather in Telegram with /newbot"
LAST_PORT = 65535  # TCP's
KEY_LENGTH = 16  # characters; a shorter secret could be guessed, and with it who is who


class SettingsError(Exception):
    """A setting that can't be used; the message names it and says how to mend it, a line each."""


class Settings(BaseSettings):
    """Everything that differs from one place to another. Names in the environment are in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^\s/]+(/\S*)?$")
    database_url: DatabaseUrl = Field("sqlite:///data/bot.db", repr=False)
    person_key: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=LAST_PORT)
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    content_dir: Path = Path("content/en")
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
        if (
            not (number.isascii() and number.isdigit())
            or not secret
            or any(letter.isspace() for letter in secret)
        ):
            raise ValueError(FROM_BOTFATHER)
        return value

    @field_validator("person_key", mode="after")
    @classmethod
    def _key_length(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < KEY_LENGTH:
            raise ValueError(f"is too short: give at least {KEY_LENGTH} characters, as random as you can")
        return value

    @field_validator("telegram_api_url", mode="after")
    @classmethod
    def _no_final_slash(cls, value: str) -> str:
        return value.rstrip("/")

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


def _line(error: dict[str, Any]) -> str:
    name = str(error["loc"][0]).upper()
    if error["type"] == "value_error":
        return f"{name} {error['ctx']['error']}"
    if name == "LOG_LEVEL":
        return f"{name} should be DEBUG, INFO, WARNING, ERROR or CRITICAL"
    if name == "TELEGRAM_API_URL":
        return f"{name} should be a web address such as http://127.0.0.1:8081"
    if name == "PORT":
        return f"{name} should be a number from 0 to {LAST_PORT}"
    return f"{name} can't be used as it is"
