"""`doctor`: what is right and what is not, in plain words; for programs with --json."""

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.commands import opening
from bot.commands.opening import make_robust, open_settings
from bot.operation.doctor.content import examine_content
from bot.operation.doctor.result import CheckResult, look, ok
from bot.operation.doctor.storage import StorageConfig, examine_storage
from bot.operation.doctor.telegram import TelegramAccess, examine_telegram
from bot.operation.doctor.usage import examine_usage
from bot.operation.doctor.versions import examine_versions
from bot.operation.logs import HIDDEN, secrets_of, visible
from bot.settings import Settings, unknown_settings
from bot.telegram.api import ALLOWED_UPDATES

WIDTH = 14  # of the column of subjects


def doctor(folder: Path | None, as_json: bool) -> None:
    settings = open_settings(content_dir=folder)
    findings = tuple(_without_secrets(each, settings) for each in _findings(settings))
    make_robust()
    sys.stdout.write(_as_json(findings) if as_json else _as_text(findings))
    if any(each.state == "broken" for each in findings):
        raise SystemExit(1)


def _findings(settings: Settings) -> Iterator[CheckResult]:
    token = settings.telegram_bot_token
    webhook = settings.webhook_url
    access = TelegramAccess(
        token=token.get_secret_value() if token else None,
        api_url=settings.telegram_api_url,
        webhook=webhook,
        updates=tuple(ALLOWED_UPDATES),
        clock=lambda: datetime.now(UTC),
    )
    yield from asyncio.run(examine_telegram(access))
    key = settings.person_key.get_secret_value().encode() if settings.person_key else None
    yield from examine_settings(unknown_settings())
    kept = StorageConfig(opening.DATA, settings.database_url, key, webhook is not None)
    yield from examine_storage(kept)
    yield examine_usage(settings.database_url)
    today = datetime.now(UTC).date()
    yield from examine_content(settings.content_dir, opening.DATA, today)
    yield from examine_versions()


def examine_settings(unknown: tuple[str, ...]) -> Iterator[CheckResult]:
    if unknown:
        yield from (look("settings", each, "mend the name, or take the line away") for each in unknown)
    else:
        yield ok("settings", "every name in .env is known")


def _without_secrets(finding: CheckResult, settings: Settings) -> CheckResult:
    """What other programs said may hold anything."""
    says = visible(finding.says)
    for secret in secrets_of(settings):
        says = says.replace(secret, HIDDEN)
    return CheckResult(finding.subject, finding.state, says, finding.do)


def _as_json(findings: tuple[CheckResult, ...]) -> str:
    return json.dumps([vars(each) for each in findings], indent=2) + "\n"


def _as_text(findings: tuple[CheckResult, ...]) -> str:
    lines = []
    for each in findings:
        lines.append(f"{each.state:<7} {each.subject:<{WIDTH}} {each.says}")
        if each.do:
            lines.append(f"{'':<{8 + WIDTH}} -> {each.do}")
    broken, looks = (sum(each.state == state for each in findings) for state in ("broken", "look"))
    end = "Nothing is broken" if not broken else f"{broken} broken"
    return "\n".join(lines) + f"\n\n{end}; {looks} to look at.\n"
