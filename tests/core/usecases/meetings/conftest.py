"""みどり市 with its bodies and the people who sit in them."""

import pytest

from core.agencies import Role
from core.meeting_steps import note_followed
from core.meetings.ids import ItemId
from core.meetings.sittings import Meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.council import AFTER, OFFICE, Council, call_council


@pytest.fixture
async def council(midori: SqlUnitOfWork) -> Council:
    """Bodies, participants, notices and pledges; A has agreed to nothing yet."""
    return await call_council(midori)


async def follow(council: Council, meeting: Meeting, item_id: ItemId) -> Meeting:
    """What a plan's or case's own use case does when it follows a decision."""
    async with council.uow.write() as work:
        followed = await note_followed(
            work, meeting, item_id, by=OFFICE.id, role=Role.SECRETARIAT, at=AFTER
        )
        await work.commit()
    return followed
