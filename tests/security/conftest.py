"""A chat with the real bot, as the tests of Telegram's side have it."""

from tests.telegram.conftest import application, chat, clock, server, store, telegram

__all__ = ["application", "chat", "clock", "server", "store", "telegram"]
