"""Glance at a case on which an answer to a person is late (G-15): how many, never a word of it."""

from dataclasses import dataclass

from core.access import Action, require
from core.answers_owed import is_answered
from core.errors import NotFound
from core.ids import CaseId, ReplyId, StaffId
from core.ports import UnitOfWork
from core.replies import ReplyState


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswersGlance:
    """What a card may say.

    Attributes:
        waiting: how many replies whose hour has passed nobody has answered.
        newest: the latest of them, so that the phone tells of each once.
    """

    case_id: CaseId
    alias: str
    waiting: int
    newest: ReplyId | None


async def glance_answers(uow: UnitOfWork, *, case_id: CaseId, viewer: StaffId) -> AnswersGlance:
    """What is late on this case, as somebody on it may know of it in Slack.

    Raises:
        NotFound: no such case, or one that a mark closes to them. NotActive, NotYours.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        staff = await work.staff.get(viewer)
        if case.id in await work.care_marks.closed_to(viewer):
            raise NotFound(alias=case.alias)
        require(staff, Action.READ_CASE, case_id=case_id, seats=await work.staff.seats(case_id))
        late = [
            reply.id
            for reply in await work.replies.of_case(case_id)
            if reply.hour_passed_at is not None
            and reply.state is not ReplyState.WITHDRAWN
            and not await is_answered(work, reply)
        ]
        return AnswersGlance(
            case_id=case_id,
            alias=case.alias,
            waiting=len(late),
            newest=late[0] if late else None,
        )
