"""`python -m tests.deploy.proof`: the image built and run without a container engine; called by .ci/image.

The result runs as the image's user (where this process may choose one), on files it can't change, against a
pretend Telegram; the image's own health check asks it; SIGTERM ends it in time.
"""

import asyncio
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.preview.server import TOKEN, PretendTelegram
from bot.preview.web import serve
from bot.settings import Settings
from tests.deploy.building import Built, build
from tests.deploy.dockerfile import Stage

GRACE = 20.0  # seconds from SIGTERM to the end, as compose.yaml and the systemd unit grant
PATIENCE = 60.0  # seconds for a start or an answer on a busy machine
QUESTION = "is it normal to crawl backwards"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="image-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the image's user must be able to come in
        image, stage = build(folder)
        print(f"built: {size(image.root) // 10**6} MB beside the base image")  # noqa: T201 - a command's output
        asyncio.run(prove(image, stage))


async def prove(image: Built, stage: Stage) -> None:
    data = image.place / "data"
    protect(image.root, data)
    before = listing(image.root, data)
    telegram = PretendTelegram()
    served = await serve(telegram)
    environment = image.environment | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": served.api_url.removesuffix("/bot"),
        "METRICS_PORT": str(free_port()),
    }
    started = time.monotonic()
    bot = await start(image, stage.all("ENTRYPOINT")[0].words + stage.all("CMD")[0].words, environment)
    try:
        person = telegram.person("Maya")
        await person.say(QUESTION)
        await telegram.until(lambda: len(person.replies) >= 2, PATIENCE)  # the disclaimer and the answer
        answered = time.monotonic() - started
        if "metrics_port" in Settings.model_fields:
            health = await start(image, stage.all("HEALTHCHECK")[0].words, environment)
            assert await asyncio.wait_for(health.wait(), PATIENCE) == 0, "the health check failed"
        else:
            print("health not asked: this version has no such address")  # noqa: T201
        bot.send_signal(getattr(signal, stage.all("STOPSIGNAL")[0].rest))
        _, errors = await asyncio.wait_for(bot.communicate(), GRACE)
    finally:
        if bot.returncode is None:
            bot.kill()
        await served.stop()
    assert bot.returncode == 0, errors.decode()
    assert b"Learning" not in errors, "the learnt model was not found"
    assert TOKEN.encode() not in errors
    assert telegram.violations == []
    assert listing(image.root, data) == before, "something beside the data was written"
    kept = sorted(path.name for path in data.iterdir())
    assert "person.key" in kept, kept
    assert not [each for each in kept if each.startswith("learnt")], kept
    who = identity(image, image.root / "opt/bot/bin/python").get("user", f"{os.geteuid()}, not {image.user}")
    print(f"proven: as user {who}, first answer after {answered:.1f} s, kept {kept}")  # noqa: T201


async def start(image: Built, command: list[str], environment: dict[str, str]) -> asyncio.subprocess.Process:
    # As a container would: the name is looked for in the image's own PATH.
    program = next(place for folder in environment["PATH"].split(":") if (place := Path(folder) / command[0]).exists())
    return await asyncio.create_subprocess_exec(
        program,
        *command[1:],
        cwd=image.place,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
        **identity(image, program),
    )


def identity(image: Built, program: Path) -> dict[str, Any]:
    """The image's user, where this process may choose one and that user may run this machine's Python."""
    user, group = map(int, image.user.split(":"))
    reachable = all(each.stat().st_mode & 0o001 for each in program.resolve().parents)
    if os.geteuid() or not reachable:
        return {}
    return {"user": user, "group": group, "extra_groups": []}


def protect(root: Path, data: Path) -> None:
    """A file system that is read-only: nobody but the super-user may write, and nobody runs as that here."""
    for each in (root, *outside(root, data)):
        if not each.is_symlink():
            each.chmod(each.stat().st_mode & 0o555)


def listing(root: Path, data: Path) -> list[tuple[str, int, int]]:
    return sorted((str(each), each.lstat().st_mtime_ns, each.lstat().st_size) for each in outside(root, data))


def outside(root: Path, data: Path) -> Iterator[Path]:
    return (each for each in root.rglob("*") if not each.is_relative_to(data))


def size(root: Path) -> int:
    return sum(each.lstat().st_size for each in root.rglob("*"))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
