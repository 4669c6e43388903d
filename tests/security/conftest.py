"""A chat with the real bot, as the tests of Telegram's side have it."""

from tests.telegram.conftest import chat, clock, store, telegram

__all__ = ["chat", "clock", "store", "telegram"]
