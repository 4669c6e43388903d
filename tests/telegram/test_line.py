"""A call is tried again for whatever another try may mend."""

from collections.abc import Awaitable, Callable

import pytest
from telegram.error import Forbidden, NetworkError, TelegramError, TimedOut

from bot.delivery.backoff import RetryPolicy
from bot.delivery.metrics import Metrics
from bot.delivery.rate_limiter import Limits, RateLimiter
from bot.delivery.retrying import RetryingCaller
from bot.telegram.errors import classify


@pytest.fixture
def line() -> RetryingCaller:
    return RetryingCaller(RateLimiter(Limits()), RetryPolicy(0.0, 0.0, 0.0), Metrics(), classify)


def failing_once(error: Exception, tried: list[bool]) -> Callable[[], Awaitable[str]]:
    async def work() -> str:
        tried.append(True)
        if len(tried) == 1:
            raise error
        return "done"

    return work


@pytest.mark.parametrize(
    "error", [NetworkError("reset"), TimedOut(), TelegramError("Invalid server response")], ids=repr
)
async def test_what_another_try_may_mend_is_tried_again(line: RetryingCaller, error: Exception) -> None:
    tried: list[bool] = []
    assert await line.call(failing_once(error, tried)) == "done"
    assert len(tried) == 2


async def test_a_refusal_is_not_tried_again(line: RetryingCaller) -> None:
    tried: list[bool] = []
    with pytest.raises(Forbidden):
        await line.call(failing_once(Forbidden("blocked"), tried))
    assert len(tried) == 1
