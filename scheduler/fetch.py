"""The loop that fetches what people sent: take, fetch, note.

Taking and noting are transactions; fetching lies between them, outside of any. LINE keeps content
for a time that it does not tell, so it is asked for at once; whatever dies in between leaves a row
that is due again.
"""

import asyncio
from typing import Final

from core.media import LARGEST, Media, MediaState
from core.ports import Clock, ContentFetcher, Fetched, NotThere, NotYet, UnitOfWork
from core.usecases.media.settle_media import settle_media
from core.usecases.media.take_due_media import take_due_media

# Each may weigh `LARGEST`, and is held whole while it is sealed.
AT_ONCE: Final = 2


class Fetching:
    """One fetching loop; any number may run on one database."""

    def __init__(
        self, uow: UnitOfWork, fetcher: ContentFetcher, *, clock: Clock, at_once: int = AT_ONCE
    ) -> None:
        self._uow = uow
        self._fetcher = fetcher
        self._clock = clock
        self._at_once = at_once

    async def run(self) -> int:
        """Ask for everything that is due; how many pieces were asked for."""
        handled = 0
        while taken := await take_due_media(self._uow, at=self._clock.now(), limit=self._at_once):
            async with asyncio.TaskGroup() as fetches:
                for media in taken:
                    fetches.create_task(self._fetch(media))
            handled += len(taken)
        return handled

    async def _fetch(self, media: Media) -> None:
        brought: Fetched | NotThere | NotYet = NotThere(
            state=MediaState.GONE, detail="LINE gave it no id"
        )
        if media.message_id is not None:
            brought = await self._fetcher.fetch(media.message_id, largest=LARGEST)
        await settle_media(self._uow, media, brought, at=self._clock.now())
