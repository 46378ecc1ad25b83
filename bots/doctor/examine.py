"""The whole examination, in the order in which one sets things up."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bots.doctor.calling import check_calling
from bots.doctor.checks import Check, Notes
from bots.doctor.clocks import check_clocks
from bots.doctor.configured import check_settings
from bots.doctor.line import check_line
from bots.doctor.record import DatabaseTime, Pending, check_database, check_record
from bots.doctor.slack import check_slack
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.proofreading import proofreader
from bots.settings import Settings
from core.days import local_day
from core.lint import Proofreader
from core.municipal_profiles.duties import reading_hours
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import Clock, UnitOfWork


async def examine(
    settings: Settings,
    *,
    clock: Clock,
    pending: Pending,
    uow: UnitOfWork | None,
    ticks: Sequence[str],
    database_time: DatabaseTime | None = None,
    locale: str = "ja",
) -> list[Check]:
    """Look at everything that service needs. Nothing is changed, and nothing is sent to people;
    LINE is asked to try the webhook once.

    Args:
        pending: the migrations that are not there yet; asked first.
        uow: the record; None while there is no key to open it with.
        ticks: names of the ticks that should be beating.
        database_time: the database's own clock, where it has one.
    """
    notes = Notes(locale)
    today = local_day(clock.now(), tz=settings.tz)
    checks = list(check_settings(settings, today=today, notes=notes))
    (readable, of_database), of_line, of_slack = await asyncio.gather(
        check_database(pending, notes=notes),
        check_line(settings, notes=notes),
        check_slack(settings, notes=notes),
    )
    checks += of_database
    if readable and uow is not None:
        checks += await check_record(
            uow,
            clock=clock,
            ticks=ticks,
            slack_team=of_slack.team_id,
            proof=_reader(settings),
            notes=notes,
        )
        checks += await _calling(settings, uow, clock=clock, notes=notes)
    checks += of_line
    checks += of_slack.checks
    there = await _time_of(database_time) if readable and database_time else None
    others = {"Slack": of_slack.date, "database": there}
    checks.append(check_clocks(clock.now(), others=others, notes=notes))
    return checks


def _reader(settings: Settings) -> Proofreader:
    profile = _profile(settings)
    return proofreader(tz=settings.tz, public_url=settings.public_url, profile=profile)


async def _calling(
    settings: Settings, uow: UnitOfWork, *, clock: Clock, notes: Notes
) -> list[Check]:
    profile = _profile(settings)
    return await check_calling(
        uow,
        clock=clock,
        tz=settings.tz,
        hours=reading_hours(profile),
        notes=notes,
    )


def _profile(settings: Settings) -> MunicipalProfile | None:
    """None where it cannot be read; that was told already."""
    try:
        return resolve_profile(settings.municipality)
    except ProfileWrong:
        return None


async def _time_of(database_time: DatabaseTime) -> datetime | None:
    try:
        return await database_time()
    except (OSError, SQLAlchemyError):
        return None
