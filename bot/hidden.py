"""What no log, no error and no command may show."""

import re
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, SecretStr

PASSWORD = re.compile(r"(?<=://)[^:/@]*:([^@]*)@|[?&]password=([^&]*)")  # in a database's address


def _one_at_sign(address: str) -> str:
    """With two, a part of the password would pass for the name of the server, and be told in errors."""
    if not address.startswith("sqlite") and address.partition("?")[0].count("@") > 1:
        raise ValueError("holds '@' twice: in the password write it as %40")
    return address


DatabaseUrl = Annotated[str, AfterValidator(_one_at_sign)]


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
