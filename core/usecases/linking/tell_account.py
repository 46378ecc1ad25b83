"""Tell under which name the town's account stands, as strangers may know it."""

from core.ports import UnitOfWork


async def tell_account(uow: UnitOfWork) -> str:
    """The account's neutral name (G-11). It reads only."""
    async with uow.read() as work:
        return (await work.towns.get()).account_name
