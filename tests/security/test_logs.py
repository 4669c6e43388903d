"""Nothing that somebody wrote can pass for a line of the log, and no secret gets into one."""

import io
import logging

import pytest

from bot.operation.logs import HIDDEN, WithoutSecrets, secrets_of, visible
from bot.settings import Settings

TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefgh"
FORGED = "Maya\r\n2026-11-22 03:00:00,000 ERROR bot: all is lost"


def logged(name: str, *secrets: str, error: Exception | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutSecrets(*secrets))
    log = logging.Logger("test")
    log.addHandler(handler)
    try:
        if error:
            raise error
        log.warning("somebody came: %s", name)
    except Exception:
        log.exception("it failed for %s", name)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (FORGED, FORGED.replace("\r\n", r"\r\n")),
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("a\x00b\x7f\x85\u2028\u2029", r"a\x00b\x7f\x85\u2028\u2029"),
        ("‮txt.exe", r"\u202etxt.exe"),
        ("Zoë 👶 我", "Zoë 👶 我"),
    ],
)
def test_signs_that_cannot_be_seen_are_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown
    line = logged(text)
    assert line.endswith(f"somebody came: {shown}\n")
    assert len(line.splitlines()) == 1


def test_an_exceptions_own_words_cannot_pass_for_a_record() -> None:
    first, *others = logged(FORGED, error=ValueError(f"{FORGED}\x1b[31m")).splitlines()
    assert " ERROR test: it failed for Maya\\r\\n2026" in first
    assert all(line.startswith("  | ") for line in others)
    assert "\x1b" not in "".join(others)
    assert any("all is lost" in line for line in others)


def test_no_secret_gets_into_a_line_or_a_traceback() -> None:
    settings = Settings(
        telegram_bot_token=TOKEN,
        person_key="a key of sixteen",
        database_url="postgresql://bot:hunter%2F2@db/bot",
        _env_file=None,
    )
    secrets = secrets_of(settings)
    number, _, secret = TOKEN.partition(":")
    every = (TOKEN, f"{number}%3A{secret}", "a key of sixteen", "hunter%2F2", "hunter/2")
    for shown in every:
        printed = logged(f"https://host/bot{shown}/getMe", *secrets, error=OSError(shown))
        assert HIDDEN in printed
        assert not any(each in printed for each in (secret, "sixteen", "hunter"))


def test_a_secret_too_short_to_be_one_blots_out_no_words() -> None:
    assert "somebody came: a" in logged("a", "a", "")
