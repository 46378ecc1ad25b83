"""Recognise a colleague by the Slack account."""

from core.access import NotActive
from core.agencies import Staff
from core.errors import CaseworkError
from core.ports import UnitOfWork


class NotOnTheRoll(CaseworkError):
    """This Slack account belongs to nobody on the staff roll."""

    rule = "DOMAIN-3.7"


async def recognise_staff(uow: UnitOfWork, *, team_id: str, user_id: str) -> Staff:
    """Who this is. Both ids count: a guest's own team may use the same user id.

    Raises:
        NotOnTheRoll: nobody has this account. NotActive: no longer in service.
    """
    async with uow.read() as work:
        staff = await work.staff.by_slack(team_id=team_id, user_id=user_id)
        if staff is None:
            raise NotOnTheRoll()
        if not staff.active:
            raise NotActive()
        return staff
