"""The inbox loop: cut what came in into events, and take in each by itself."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

import structlog

from core.inbound import KeptEvent
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ERASES, ReadingHours, Unsend
from core.ports import Clock, EventReader, LetterPress, UnitOfWork
from core.usecases.inbound.lay_in_tray import lay_in_tray
from core.usecases.inbound.put_off_event import put_off_event
from core.usecases.inbound.receive_event import receive_event
from core.usecases.inbound.split_webhooks import split_webhooks
from core.usecases.inbound.waiting_events import waiting_events

AT_A_TIME: Final = 100
log = structlog.get_logger("inbox")


class Understanding:
    """One inbox loop; any number may run on one database."""

    def __init__(
        self,
        uow: UnitOfWork,
        *,
        reader: EventReader,
        press: LetterPress,
        clock: Clock,
        tz: tzinfo,
        hours: ReadingHours = USUAL_HOURS,
        closed_days: frozenset[date] = frozenset(),
        unsend: Unsend = ERASES,
    ) -> None:
        self._uow = uow
        self._reader = reader
        self._press = press
        self._clock = clock
        self._tz = tz
        self._hours = hours
        self._closed_days = closed_days
        self._unsend = unsend

    async def run(self) -> int:
        """Take in everything that waits; how many events were handled."""
        while await split_webhooks(self._uow, reader=self._reader, limit=AT_A_TIME):
            pass
        handled = 0
        while events := await waiting_events(self._uow, at=self._clock.now(), limit=AT_A_TIME):
            for event in await self._readable(events):
                try:
                    await receive_event(
                        self._uow,
                        event,
                        reader=self._reader,
                        press=self._press,
                        at=self._clock.now(),
                        tz=self._tz,
                        hours=self._hours,
                        closed_days=self._closed_days,
                        unsend=self._unsend,
                    )
                except Exception:
                    log.exception("event.failed", event_id=event.id, attempts=event.attempts)
                    await put_off_event(self._uow, event, at=self._clock.now())
            handled += len(events)
        return handled

    async def _readable(self, events: Sequence[KeptEvent]) -> Sequence[KeptEvent]:
        """Those that are read, once the others lie in the tray; all of them where that failed, so
        that each is tried by itself."""
        try:
            return await lay_in_tray(
                self._uow,
                events,
                reader=self._reader,
                at=self._clock.now(),
                unsend=self._unsend,
            )
        except Exception:
            log.exception("events.failed", events=len(events))
            return events
