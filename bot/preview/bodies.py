"""What requests bring: parameters of a Bot API call, however they were sent, and the JSON of the page."""

from __future__ import annotations

import json

from aiohttp import web

from bot.preview.refusals import Json, Violation
from bot.preview.uploads import with_files


async def to_parameters(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """All parameters of a request, and its files; the body wins over the query, and of several values the last."""
    parameters: Json = dict(request.query.items())
    if request.content_type == "application/json":
        return parameters | _from_json(await request.read()), {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            parameters[name] = value
    return with_files(parameters, files), files


def _from_json(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError as error:
        raise Violation("can't parse request JSON object") from error
    if not isinstance(given, dict):
        raise Violation("request must be a JSON object")
    return given


async def given_json(request: web.Request) -> Json:
    """The JSON body. Other content types are refused: foreign forms can send those without asking."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(reason="send application/json")
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise web.HTTPBadRequest(reason="not JSON") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(reason="not a JSON object")
    return body
