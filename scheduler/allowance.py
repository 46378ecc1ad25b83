"""LINE's quota: asked every ten minutes and with each new month, outside of any transaction."""

from core.ports import AllowanceReader, Clock, UnitOfWork
from core.usecases.delivery.note_quota import note_quota


class Counting:
    """Knows the month's quota before something is sent.

    Any number may run: a reading is good for all of them. LINE that does not answer leaves what is
    known as it is.
    """

    def __init__(self, uow: UnitOfWork, reader: AllowanceReader, *, clock: Clock) -> None:
        self._uow = uow
        self._reader = reader
        self._clock = clock

    async def run(self) -> int:
        """1 when what is known changed, else 0."""
        at = self._clock.now()
        async with self._uow.read() as work:
            if await work.towns.find() is None:
                return 0
            known = await work.quotas.get()
        if known is not None and not known.old(at):
            return 0
        told = await self._reader.allowance()
        if told is None:
            return 0
        counted = 0 if known is None else known.sent
        kept = await note_quota(self._uow, told, counted=counted, at=at)
        same = known is not None and (known.month, known.most, known.used_at(at)) == (
            kept.month,
            kept.most,
            kept.used_at(at),
        )
        return 0 if same else 1
