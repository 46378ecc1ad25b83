"""The record: the database, the town in it, and the ticks that look after it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bots.doctor.checks import Check, Notes
from core.lint import LetterContext, Proofreader, blocking
from core.ports import Clock, UnitOfWork
from core.profiles import READ_AS
from core.quota import QuotaSeen
from core.usecases.delivery.show_quota import show_quota
from core.usecases.pulse.late_ticks import late_ticks
from core.usecases.town.check_town import TownFindings, check_town

BEAT_ALLOWED: Final = timedelta(seconds=90)
Pending = Callable[[], Awaitable[Sequence[str]]]
"""The migrations that the database does not have yet, oldest first."""
DatabaseTime = Callable[[], Awaitable[datetime]]


async def check_database(pending: Pending, *, notes: Notes) -> tuple[bool, list[Check]]:
    """Whether the record can be looked into, and what was found."""
    try:
        steps = await pending()
    # The kinds of failure that a database can have, and a version that we do not know.
    except (OSError, ValueError, SQLAlchemyError) as failure:
        detail = type(failure).__name__
        return False, [notes.fail("database", "database_unreached", detail=detail)]
    reached = notes.ok("database", "database_ok")
    if steps:
        listed = ", ".join(steps)
        return False, [reached, notes.fail("database.migrations", "migrations_due", steps=listed)]
    return True, [reached, notes.ok("database.migrations", "migrations_ok")]


async def check_record(
    uow: UnitOfWork,
    *,
    clock: Clock,
    ticks: Sequence[str],
    slack_team: str | None,
    proof: Proofreader,
    notes: Notes,
) -> list[Check]:
    """The town and its ticks.

    Args:
        proof: reads the texts that stand, as of today.
    """
    try:
        findings = await check_town(uow)
        quota = await show_quota(uow, at=clock.now())
        late = await late_ticks(uow, ticks, at=clock.now(), allowed=BEAT_ALLOWED)
    except (OSError, SQLAlchemyError) as failure:
        return [notes.fail("town", "database_unreached", detail=type(failure).__name__)]
    checks = list(_town(findings, slack_team=slack_team, notes=notes))
    if quota is not None:
        checks.append(_reserved(quota, notes))
    checks += _texts(findings, proof=proof, at=clock.now(), notes=notes)
    if late:
        checks.append(notes.warn("ticks", "ticks_late", late=", ".join(late)))
    else:
        checks.append(notes.ok("ticks", "ticks_ok", count=len(ticks)))
    return checks


def _reserved(quota: QuotaSeen, notes: Notes) -> Check:
    """Whether what is planned this month fits into it."""
    name, facts = "line.reserved", {"reserved": quota.reserved, "used": quota.used}
    if quota.most is None:
        return notes.ok(name, "reserved_none_ok", **facts)
    left = quota.most - quota.used
    if quota.reserved > left:
        return notes.warn(name, "reserved_beyond", **facts, left=max(0, left))
    return notes.ok(name, "reserved_ok", **facts, left=left)


def _texts(
    found: TownFindings, *, proof: Proofreader, at: datetime, notes: Notes
) -> Iterator[Check]:
    """Texts go out for months after they were approved: a telephone in one grows old (L12)."""
    blocked = []
    for text in found.texts:
        kind = text.kind or READ_AS[text.use]
        context = LetterContext(kind=kind, today=proof.today(at))
        codes = {one.code for one in blocking(proof.read(text.body, context=context))}
        if codes:
            blocked.append(f"{text.known_as}({' '.join(sorted(codes))})")
    if blocked:
        yield notes.fail("texts.wording", "wording_stopped", texts="、".join(blocked))
    elif found.texts:
        yield notes.ok("texts.wording", "wording_ok", count=len(found.texts))


def _town(found: TownFindings, *, slack_team: str | None, notes: Notes) -> Iterator[Check]:
    if found.town is None:
        yield notes.fail("town", "town_none")
        return
    if found.town.pushes_stopped:
        yield notes.warn("town", "town_stopped", name=found.town.name)
    elif found.rest is not None:
        until = notes.when(found.rest.until)
        yield notes.warn("town", "town_rests", cause=found.rest.cause, until=until)
    else:
        yield notes.ok("town", "town_ok", name=found.town.name)
    if found.missing_texts:
        yield notes.fail("texts", "texts_missing", names=", ".join(found.missing_texts))
    else:
        yield notes.ok("texts", "texts_ok")
    if found.without_approver:
        aliases = ", ".join(found.without_approver)
        yield notes.fail("approvers", "approvers_missing", aliases=aliases)
    else:
        yield notes.ok("approvers", "approvers_ok", count=found.cases)
    if slack_team is not None and slack_team not in found.slack_teams:
        yield notes.warn("slack.staff", "slack_nobody", team=slack_team)
