"""Parameters of a Bot API call, however they were sent: query, form, multipart or JSON."""

from __future__ import annotations

import json

from tornado.httputil import HTTPServerRequest

from bot.preview.refusals import Json, Violation


def to_parameters(request: HTTPServerRequest) -> Json:
    """All parameters of a request; the body wins over the query."""
    parameters: Json = {name: values[-1].decode() for name, values in request.arguments.items()}
    parameters |= {name: f"attach://{name}" for name in request.files}
    if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
        parameters |= _from_json(request.body)
    return parameters


def _from_json(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError as error:
        raise Violation("can't parse request JSON object") from error
    if not isinstance(given, dict):
        raise Violation("request must be a JSON object")
    return given
