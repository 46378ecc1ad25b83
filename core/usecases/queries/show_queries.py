"""Show a colleague the queries of their desk, and those they took down (MA-8, MA-12)."""

from core.access import NotActive
from core.ids import StaffId
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.queries import QuerySeen
from core.query_steps import queries_for


async def show_queries(
    uow: UnitOfWork, *, profile: MunicipalProfile, by: StaffId
) -> tuple[QuerySeen, ...]:
    """What they see of each, as the profile says; newest first.

    Raises:
        NotFound. NotActive.
    """
    async with uow.read() as work:
        staff = await work.staff.get(by)
        if not staff.active:
            raise NotActive()
        return await queries_for(work, staff, profile)
