"""What stands on a paper with a code, beside the code."""

from dataclasses import dataclass

from core.errors import CaseworkError
from core.ports import UnitOfWork


class AccountUnknown(CaseworkError):
    """LINE has not yet told the account's own id, which the QR on the paper leads to."""

    rule = "C8"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperFacts:
    """The account as strangers may know it.

    Attributes:
        account: its neutral name (G-11). basic_id: its id at LINE, such as @123abcde.
    """

    account: str
    basic_id: str


async def paper_facts(uow: UnitOfWork) -> PaperFacts:
    """Raises: AccountUnknown."""
    async with uow.read() as work:
        basic_id = await work.channel.basic_id()
        if not basic_id:
            raise AccountUnknown()
        return PaperFacts(account=(await work.towns.get()).account_name, basic_id=basic_id)
