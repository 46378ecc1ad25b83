"""A new form, to be sent once."""

from core.ports import UnitOfWork


async def offer_form(uow: UnitOfWork) -> str:
    """Its key. Nothing is written: a form that nobody sends leaves no trace."""
    async with uow.read() as work:
        return work.new_id()
