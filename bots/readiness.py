"""Whether a house is ready: its database, its migrations, its ticks."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from core.ports import UnitOfWork
from core.usecases.pulse.late_ticks import late_ticks

log = structlog.get_logger("house")


async def not_ready(
    uow: UnitOfWork,
    *,
    pending: Callable[[], Awaitable[Sequence[str]]],
    ticks: Sequence[str],
    at: datetime,
    allowed: timedelta,
) -> list[str]:
    """Why not, one line each; empty when it is.

    Args:
        pending: the migrations that the database does not have yet.
        ticks: names of those that should be beating; none while the process has only just
            started, so that missing looks are no fault yet.
        allowed: how old a tick's last look may be.
    """
    try:
        waiting = await pending()
    except Exception as error:
        log.exception("readiness.database")
        return [f"database: {type(error).__name__}"]
    reasons = ["migrations: pending"] if waiting else []
    if ticks:
        late = await late_ticks(uow, ticks, at=at, allowed=allowed)
        reasons += [f"tick {name}: no heartbeat" for name in late]
    return reasons
