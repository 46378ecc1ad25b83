"""Which ticks have not looked for too long."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.ports import UnitOfWork


async def late_ticks(
    uow: UnitOfWork, names: Iterable[str], *, at: datetime, allowed: timedelta
) -> tuple[str, ...]:
    """Those of `names` whose last heartbeat, on any machine, is older than `allowed`."""
    async with uow.read() as work:
        beats = await work.pulse.beats()
    return tuple(name for name in names if name not in beats or at - beats[name] > allowed)
