"""Who is on call when nobody reads, and what a person is told then (DOMAIN §8.3)."""

from collections.abc import Iterator
from datetime import tzinfo

from sqlalchemy.exc import SQLAlchemyError

from bots.doctor.checks import Check, Notes
from core.municipal_profiles.profile import ReadingHours
from core.ports import Clock, UnitOfWork
from core.usecases.crisis.who_is_on_call import OnCall, who_is_on_call

CALLED: int = 2


async def check_calling(
    uow: UnitOfWork,
    *,
    clock: Clock,
    tz: tzinfo,
    hours: ReadingHours,
    notes: Notes,
) -> list[Check]:
    """Who is on call, whether the list has gaps, and the text."""
    at = clock.now()
    try:
        found = await who_is_on_call(uow, at=at, tz=tz, hours=hours)
    except (OSError, SQLAlchemyError) as failure:
        return [notes.fail("on_call", "database_unreached", detail=type(failure).__name__)]
    return list(_on_call(found, notes))


def _on_call(found: OnCall, notes: Notes) -> Iterator[Check]:
    names = ", ".join(found.now)
    if found.gap_at is not None:
        key = "on_call_gap" if found.officers else "on_call_nobody"
        write = notes.warn if found.officers else notes.fail
        yield write("on_call", key, at=notes.when(found.gap_at), officers=found.officers)
    elif not found.staffed and len(found.now) < CALLED:
        yield notes.warn("on_call", "on_call_alone", names=names)
    elif found.staffed:
        yield notes.ok("on_call", "on_call_staffed_ok", names=names or "-")
    else:
        yield notes.ok("on_call", "on_call_ok", names=names)
    if found.text:
        yield notes.ok("texts.crisis", "crisis_text_ok")
    else:
        yield notes.warn("texts.crisis", "crisis_text_missing")
