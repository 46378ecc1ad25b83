"""The library as this town has it: what ships, and its own templates."""

from core.ports import UnitOfWork
from core.word_steps import towns_library
from core.wording.library import Library


async def list_templates(uow: UnitOfWork, *, library: Library) -> Library:
    """The library with the town's own templates first, in place of ours of the same name."""
    async with uow.read() as work:
        return await towns_library(work, library)
