"""What no log, no error and no command may show."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pydantic import BaseModel, SecretStr

PASSWORD = re.compile(r"(?<=://)[^:/@]*:([^@]*)@|[?&]password=([^&]*)")  # in a database's address


def secrets_of(settings: BaseModel) -> tuple[str, ...]:
    """Every value to be hidden, the longest first: secrets, a token's second half, passwords in addresses."""
    return tuple(sorted(set(filter(None, _secrets(settings))), key=len, reverse=True))


def _secrets(settings: BaseModel) -> Iterator[str]:
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
            yield value.get_secret_value().partition(":")[2]
        elif isinstance(value, str):
            for found in PASSWORD.findall(value):
                yield from (each for password in found for each in (password, unquote(password)))
