"""The methods about the bot itself: commands, name, descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.preview.refusals import Json, Violation
from bot.preview.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
COMMANDS = 100
COMMAND_DESCRIPTION = 256
# Method stem, parameter, characters at most.
TEXTS = (
    ("Name", "name", 64),
    ("Description", "description", 512),
    ("ShortDescription", "short_description", 120),
)
TextKey = tuple[str, str]


class BotProfile:
    """What the bot says about itself, per language and, for commands, per scope."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._commands: dict[TextKey, list[Json]] = {}
        self._texts: dict[TextKey, str] = {}

    def methods(self) -> dict[str, Callable[[Json], Any]]:
        """What this part of the Bot API answers."""
        table: dict[str, Callable[[Json], Any]] = {
            "setMyCommands": self.set_commands,
            "getMyCommands": lambda p: self._commands.get(self._key(p), []),
        }
        for stem, key, most in TEXTS:
            table[f"setMy{stem}"] = self._setter(key, most)
            table[f"getMy{stem}"] = self._getter(key)
        return table

    def set_commands(self, parameters: Json) -> bool:
        """The list behind the menu button, for one scope and language."""
        commands = parameters["commands"]
        if len(commands) > COMMANDS:
            raise Violation("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            name = command["command"] = command["command"].removeprefix("/")
            if not COMMAND.fullmatch(name):
                raise Violation("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= COMMAND_DESCRIPTION:
                raise Violation("BOT_COMMAND_DESCRIPTION_INVALID")
        if len({command["command"] for command in commands}) < len(commands):
            self._world.report("the same command twice in one list")
        self._commands[self._key(parameters)] = commands
        self._world.changes.note()
        return True

    def text(self, key: str, language: str | None) -> str:
        """A name or description as a person with this language sees it."""
        return self._texts.get((key, (language or "")[:2])) or self._texts.get((key, ""), "")

    def commands(self, chat_id: int, kind: str, language: str | None) -> list[Json]:
        """The commands that a person sees in a chat: the narrowest scope wins, then the language."""
        wide = "all_private_chats" if kind == "private" else "all_group_chats"
        for scope in (f"chat:{chat_id}", wide, "default"):
            for code in ((language or "")[:2], ""):
                if found := self._commands.get((scope, code)):
                    return found
        return []

    def _key(self, parameters: Json) -> TextKey:
        scope = parameters.get("scope", {"type": "default"})
        parts = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
        return ":".join(parts), _language(parameters)

    def _setter(self, key: str, most: int) -> Callable[[Json], bool]:
        def set_text(parameters: Json) -> bool:
            text = parameters.get(key, "").strip()
            if len(text) > most:
                raise Violation(f"BOT_{key.upper()}_TOO_LONG")
            self._texts[key, _language(parameters)] = text
            self._world.changes.note()
            return True

        return set_text

    def _getter(self, key: str) -> Callable[[Json], Json]:
        default = self._world.bot.first_name if key == "name" else ""
        return lambda parameters: {key: self.text(key, _language(parameters)) or default}


def _language(parameters: Json) -> str:
    code: str = parameters.get("language_code", "")
    if code and not LANGUAGE.fullmatch(code):
        raise Violation("BOT_LANGUAGE_CODE_INVALID: invalid language code specified")
    return code
