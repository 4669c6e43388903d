"""The proxy, the real one: it lets Telegram's posts through to one path, whole and with the secret, nothing else."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from bot.serving import Server
from tests.deploy.dockerfile import ROOT
from tests.http import Answer, fetch, free_ports

CADDY = shutil.which("caddy")
CADDYFILE = ROOT / "deploy" / "Caddyfile"
PATIENCE = 10.0  # seconds for the proxy to start
SECRET = "X-Telegram-Bot-Api-Secret-Token"

pytestmark = pytest.mark.skipif(CADDY is None, reason="caddy is not installed here")


@dataclass
class Behind:
    """What stands in the bot's place, and what reached it."""

    url: str = ""
    requests: list[tuple[bytes, Mapping[str, str]]] = field(default_factory=list)


@pytest.fixture
async def behind(tmp_path: Path) -> AsyncIterator[Behind]:
    behind = Behind()

    async def handle(request: web.Request) -> web.Response:
        behind.requests.append((await request.read(), request.headers))
        return web.Response(text="ok")

    routes = web.Application(client_max_size=10**8)
    routes.router.add_route("*", "/{any:.*}", handle)
    server = Server(routes, "127.0.0.1", 0)
    await server.start()
    port, health = free_ports(2)
    behind.url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "DOMAIN": behind.url, "BOT_NAME": "127.0.0.1",
        "BOT_PORT": str(server.port), "HEALTH_PORT": str(health),
    }  # fmt: skip
    assert CADDY
    command = [CADDY, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    caddy = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.DEVNULL)
    try:
        async with asyncio.timeout(PATIENCE):
            while not await is_up(health):  # noqa: ASYNC110 - another program tells of no event
                await asyncio.sleep(0.05)
        yield behind
    finally:
        caddy.terminate()
        await caddy.wait()
        await server.stop()


async def is_up(port: int) -> bool:
    try:
        return (await ask(f"http://127.0.0.1:{port}", "/")).code == 204
    except OSError:
        return False


async def ask(url: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await fetch(url + path, "GET" if body is None else "POST", body, given)


def test_the_file_is_valid() -> None:
    assert CADDY
    command = [CADDY, "validate", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    ran = subprocess.run(command, capture_output=True, timeout=30, check=False)  # noqa: S603 - the proxy itself
    assert ran.returncode == 0, ran.stderr


async def test_an_update_reaches_the_bot_with_its_secret_and_a_true_address(behind: Behind) -> None:
    given = {SECRET: "s3cret", "X-Forwarded-For": "149.154.167.220"}
    answer = await ask(behind.url, "/telegram", b'{"update_id": 1}', **given)
    assert (answer.code, answer.body) == (200, b"ok")
    ((body, headers),) = behind.requests
    assert (body, headers[SECRET]) == (b'{"update_id": 1}', "s3cret")
    assert headers["X-Forwarded-For"] == "127.0.0.1"  # what the sender claims is not passed on


@pytest.mark.parametrize(
    "path",
    ["/", "/metrics", "/healthz", "/readyz", "/telegram/", "/telegram/x", "/Telegram/../metrics",
     "/telegram%2f..%2fmetrics", "/.env"],
)  # fmt: skip
async def test_no_other_path_reaches_the_bot(behind: Behind, path: str) -> None:
    assert (await ask(behind.url, path, b"{}")).code == 404
    assert (await ask(behind.url, path)).code == 404
    assert behind.requests == []


async def test_only_posts_reach_the_bot(behind: Behind) -> None:
    assert (await ask(behind.url, "/telegram")).code == 404
    assert behind.requests == []


async def test_a_body_far_larger_than_any_update_is_refused(behind: Behind) -> None:
    answer = await ask(behind.url, "/telegram", b"x" * 3_000_000)
    assert answer.code in (413, 502)  # 502 from older ones
    assert behind.requests == []
