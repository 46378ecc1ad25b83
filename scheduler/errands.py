"""The loops around the LINE account itself: keep its menus made, and run its errands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.errands import Errand, ErrandKind, TakenErrand
from core.menus import MadeMenu
from core.outbox import (
    CHANNEL_REST,
    Accepted,
    ChannelClosed,
    Refused,
    backoff,
    key_ran_out,
)
from core.ports import ChannelUnanswered, Clock, MenuDesk, PersonMessenger, UnitOfWork
from core.usecases.channel.due_errands import due_errands
from core.usecases.channel.forget_menu import forget_menu
from core.usecases.channel.keep_menu import keep_menu
from core.usecases.channel.menus_to_make import menus_to_make
from core.usecases.channel.note_account import note_account
from core.usecases.channel.settle_errand import Settled, settle_errand
from core.usecases.channel.take_errand import take_errand

AT_A_TIME: Final = 20
# Menus may be made a hundred times in an hour; a fault at LINE is not asked about every minute.
QUIET: Final = timedelta(minutes=10)
NOT_MADE: Final = timedelta(days=1)
log = structlog.get_logger("line")


class Errands:
    """One loop; an errand is leased to one loop at a time."""

    def __init__(
        self,
        uow: UnitOfWork,
        desk: MenuDesk,
        messenger: PersonMessenger,
        *,
        clock: Clock,
        new_lease: Callable[[], str],
    ) -> None:
        self._uow = uow
        self._desk = desk
        self._messenger = messenger
        self._clock = clock
        self._new_lease = new_lease
        self._quiet_until: datetime | None = None
        self._sweeps = False

    async def keep_menus(self) -> int:
        """Make what is not at LINE as it should be; how many menus were made."""
        at = self._clock.now()
        if self._quiet_until is not None and at < self._quiet_until:
            return 0
        try:
            return await self._keep_menus(at)
        except ChannelUnanswered as failure:
            log.warning("menus.not_made", detail=str(failure))
            self._quiet_until = at + QUIET
            return 0

    async def _keep_menus(self, at: datetime) -> int:
        digests = self._desk.digests()
        standing = await menus_to_make(self._uow, digests=digests)
        if standing.to_make or not standing.named:
            await note_account(self._uow, basic_id=await self._desk.basic_id(), at=at)
        for menu in standing.to_make:
            rich_menu_id = await self._desk.make(menu)
            made = MadeMenu(menu=menu, digest=digests[menu], rich_menu_id=rich_menu_id, made_at=at)
            await keep_menu(self._uow, made, at=at)
            log.info("menu.made", menu=menu.value, digest=made.digest)
            self._sweeps = True
        if self._sweeps and not standing.to_make and not await self._due(at):
            # Everybody has the new one, so that nobody loses theirs with the old one.
            await self._desk.sweep(frozenset(one.rich_menu_id for one in standing.made))
            self._sweeps = False
        return len(standing.to_make)

    async def run(self) -> int:
        """Run every errand that is due now; how many were tried."""
        tried = 0
        while errands := await self._due(self._clock.now()):
            for errand in errands:
                tried += await self._run(errand)
        return tried

    async def _due(self, at: datetime) -> tuple[Errand, ...]:
        return await due_errands(self._uow, at=at, limit=AT_A_TIME)

    async def _run(self, errand: Errand) -> int:
        at = self._clock.now()
        taken = await take_errand(self._uow, errand, lease=self._new_lease(), at=at)
        if taken is None:
            return 0
        try:
            if errand.kind is ErrandKind.MENU:
                how, next_at = await self._menu(taken, at)
            else:
                how, next_at = await self._text(taken, at)
        except ChannelUnanswered as failure:
            log.warning("errand.not_done", errand=errand.id, detail=str(failure))
            how, next_at = Settled.LATER, at + backoff(errand.attempts + 1)
        await settle_errand(self._uow, taken, how, at=self._clock.now(), next_at=next_at)
        return 1

    async def _menu(self, taken: TakenErrand, at: datetime) -> tuple[Settled, datetime | None]:
        account = taken.errand.line_user_id
        if taken.menu is None:
            await self._desk.hide(account)
            return (Settled.OVER if taken.let_go else Settled.DONE), None
        if taken.rich_menu_id is None:
            # It is due at once when the menu is made.
            return Settled.LATER, at + NOT_MADE
        if not await self._desk.show(account, taken.rich_menu_id):
            if not await self._desk.there(taken.rich_menu_id):
                await forget_menu(self._uow, taken.menu)
                return Settled.LATER, at + NOT_MADE
            log.warning("errand.no_such_account", errand=taken.errand.id)
        return Settled.DONE, taken.turns_at

    async def _text(self, taken: TakenErrand, at: datetime) -> tuple[Settled, datetime | None]:
        errand = taken.errand
        if taken.let_go or errand.request is None:
            return Settled.OVER, None
        if key_ran_out(errand.tried_since, at=at):
            return Settled.IN_DOUBT, None
        if not taken.may_send:
            return Settled.LATER, at + CHANNEL_REST
        outcome = await self._messenger.push(errand.request, retry_key=errand.id)
        match outcome:
            case Accepted():
                return Settled.DONE, None
            case Refused(detail=detail):
                log.warning("errand.refused", errand=errand.id, detail=detail)
                return Settled.REFUSED, None
            case ChannelClosed(cause=cause):
                log.warning("errand.channel_closed", errand=errand.id, cause=cause)
                return Settled.LATER, at + CHANNEL_REST
            case _:
                return Settled.LATER, at + backoff(errand.attempts + 1)
