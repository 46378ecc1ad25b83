"""Show how a call stands, as a card in Slack may tell it: the case's sign, states and times."""

from core.crisis_access import AlertSeen, require_called, seen_of
from core.ids import AlertId, StaffId
from core.ports import UnitOfWork


async def show_alert(uow: UnitOfWork, *, alert_id: AlertId, viewer: StaffId) -> AlertSeen:
    """The call, for those who were called and those who work on the case; no word of anybody.

    Raises:
        NotFound, NotActive. NotYours: neither called nor on the case, or a mark closes it (R-015).
    """
    async with uow.read() as work:
        alert = await work.alerts.get(alert_id)
        await require_called(work, alert, viewer)
        return await seen_of(work, alert)
