"""Files that come with a call: a parameter that is a file becomes one that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.preview.pictures import ATTACHED
from bot.preview.refusals import Json


def with_files(parameters: Json, files: Mapping[str, bytes]) -> Json:
    """The parameters, with ``attach://name`` for each file that no other parameter names."""
    named = re.findall(ATTACHED + r"([^\s'\",]+)", str(parameters))
    return parameters | {name: ATTACHED + name for name in files if name not in named}
