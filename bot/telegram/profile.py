"""How the bot presents itself in Telegram: set at start, and only where it differs."""

import logging

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.content import Content

log = logging.getLogger(__name__)


async def present(bot: Bot, content: Content) -> None:
    """Name, descriptions and commands as the content has them. Raises InvalidToken.

    Any other refusal (Telegram limits how often a name may change) is no reason not to answer parents.
    """
    try:
        await _present(bot, content)
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("the bot's profile in Telegram was not updated: %s", type(error).__name__)


async def _present(bot: Bot, content: Content) -> None:
    profile = content.texts.profile
    commands = tuple(BotCommand(each.command, each.description) for each in content.pages)
    if tuple(await bot.get_my_commands()) != commands:
        await bot.set_my_commands(commands)
    if (await bot.get_my_name()).name != profile.name:
        await bot.set_my_name(profile.name)
    if (await bot.get_my_description()).description != profile.description:
        await bot.set_my_description(profile.description)
    if (await bot.get_my_short_description()).short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description)
