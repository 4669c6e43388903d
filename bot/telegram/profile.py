"""How the bot presents itself in Telegram: set at start, and only where it differs."""

import asyncio
import logging

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.content import Content

log = logging.getLogger(__name__)


async def present(bot: Bot, content: Content) -> None:
    """Name, descriptions and commands as the content has them. Raises InvalidToken.

    Any other refusal (Telegram limits how often a name may change) is no reason not to answer parents.
    """
    # Read first, and beside the answers: who writes in such a language is not to wait for it.
    translated = {code: await asyncio.to_thread(content.translations.of, code) for code in content.translations.folders}
    try:
        await _present(bot, content)
        for code, translation in translated.items():
            await _present(bot, translation, code)
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("the bot's profile in Telegram was not updated: %s", type(error).__name__)


async def _present(bot: Bot, content: Content, code: str | None = None) -> None:
    """For everybody, or for those whose app is set to a language."""
    profile = content.texts.profile
    commands = tuple(BotCommand(each.command, each.description) for each in content.pages)
    if tuple(await bot.get_my_commands(language_code=code)) != commands:
        await bot.set_my_commands(commands, language_code=code)
    if (await bot.get_my_name(code)).name != profile.name:
        await bot.set_my_name(profile.name, code)
    if (await bot.get_my_description(code)).description != profile.description:
        await bot.set_my_description(profile.description, code)
    if (await bot.get_my_short_description(code)).short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description, code)
