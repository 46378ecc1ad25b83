"""What a busy delivery loop does again and again: record the last answers, win the next letters."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from core.claiming import claim
from core.line_modes import LineMode
from core.outbox import LEASE
from core.ports import Claim, UnitOfWork
from core.recording import Answer, record


async def take_turn(
    uow: UnitOfWork,
    answers: Sequence[Answer],
    *,
    lease: str,
    limit: int,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    lasts: timedelta = LEASE,
    mode: LineMode = LineMode.ENTRANCE_LINK,
    excusable: frozenset[str] | None = None,
) -> tuple[Claim, ...]:
    """Record the outcomes of claimed deliveries and claim up to `limit` more, oldest first.

    One transaction in place of two: under load the commit costs more than what it commits.
    Recording comes first, so that claiming sees whom these letters have reached.

    Args:
        answers: may be of several earlier leases, each under its own.
        lease: for the new claims.
        mode: what the town lets into a push.
        excusable: codes of the wording check that may stand with a reason; None: nobody asks.
        lasts: after so long without a recorded outcome, another loop may claim them again.
    """
    async with uow.write() as work:
        await record(work, answers, at=at)
        won = await claim(
            work,
            lease=lease,
            limit=limit,
            at=at,
            tz=tz,
            closed_days=closed_days,
            lasts=lasts,
            mode=mode,
            excusable=excusable,
        )
        await work.commit()
        return won
