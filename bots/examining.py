"""`yorisoi doctor`: opens what the doctor looks at, as far as the settings allow."""

from functools import partial
from typing import Final

from bots.doctor import Check, Notes, check_unreadable, examine
from bots.records import open_records, pending_migrations
from bots.settings import Settings, SettingsWrong, read_settings
from bots.wiring import SystemClock
from core.ports import UnitOfWork

TICKS: Final = (
    "inbox.understand",
    "crisis.pass_on",
    "media.fetch",
    "letters.drop_late",
    "series.unfold",
    "letters.approvals_end",
    "letters.ask_again",
    "letters.deliver",
    "menus.keep",
    "errands.run",
    "quota.read",
    "replies.hours_pass",
    "plans.fall_due",
    "referrals.news_owed",
    "courses.keep_in_touch",
    "consents.end",
    "staff.contracts_end",
    "months.close",
    "cards.draw",
)


async def examine_house(*, locale: str = "ja") -> list[Check]:
    """Everything that service needs, by the settings of this process; never raises for what is
    missing or out of reach.
    """
    try:
        settings = read_settings()
    except SettingsWrong as wrong:
        return [check_unreadable(wrong, notes=Notes(locale))]
    if not settings.secret_keys:
        return await _examine(settings, None, locale=locale)
    try:
        store, uow = open_records(settings)
    except (ValueError, OSError):
        # The address leads nowhere; asking for the migrations says so.
        return await _examine(settings, None, locale=locale)
    try:
        return await _examine(settings, uow, locale=locale)
    finally:
        await store.close()


async def _examine(settings: Settings, uow: UnitOfWork | None, *, locale: str) -> list[Check]:
    return await examine(
        settings,
        clock=SystemClock(),
        pending=partial(pending_migrations, settings),
        uow=uow,
        ticks=TICKS,
        locale=locale,
    )
