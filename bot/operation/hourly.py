"""A line an hour in the log: what was said since the last one. None where nothing was."""

import asyncio
import logging

from bot.delivery.metrics import Metrics

log = logging.getLogger(__name__)

HOUR = 3600.0  # seconds


async def tell_hourly(metrics: Metrics) -> None:
    """For ever, until cancelled."""
    while True:
        await asyncio.sleep(HOUR)
        tell(metrics)


def tell(metrics: Metrics) -> None:
    """The line, where there is something to tell."""
    said = metrics.take_questions()
    if not said:
        return
    dangers = f"{said['danger']} danger" + ("" if said["danger"] == 1 else "s")
    more = "".join(
        f", {said[kind]} {words}"
        for kind, words in (("choices", "given a choice"), ("smalltalk", "small talk"))
        if said[kind]
    )
    log.info("in the last hour: %d answered, %s, %d unknown%s", said["answer"], dangers, said["unknown"], more)
