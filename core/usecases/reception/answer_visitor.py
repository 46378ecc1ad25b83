"""Answer a visitor with a text that the town approved by name."""

from datetime import datetime

from core.access import Action, require
from core.audit import AuditEvent
from core.errands import Errand, ErrandKind
from core.ids import ErrandId, StaffId, VisitorId
from core.ports import LetterPress, UnitOfWork, Work
from core.profiles import StandingText, TextUse
from core.reception import ANSWER_PREFIX, NoSuchAnswer, Visitor, VisitorState, handled
from core.reception_steps import put_visitor, visitor_shown
from core.steps import refresh_desks


async def answer_visitor(
    uow: UnitOfWork,
    *,
    visitor_id: VisitorId,
    version: int,
    name: str,
    by: StaffId,
    at: datetime,
    press: LetterPress,
) -> Visitor:
    """The text goes out once, and the visitor stays on the desk as answered.

    Nothing else is ever said to somebody whom we do not know, and nothing by itself (G-16).

    Args:
        version: the visitor's, as shown.
        name: of one of the town's approved texts for visitors.

    Raises:
        NotYours, NotActive. NotFound, Overtaken. VisitorGone. NoSuchAnswer: G-06.
    """
    async with uow.write() as work:
        role = require(await work.staff.get(by), Action.READ_RECEPTION).role
        visitor = await visitor_shown(work, visitor_id, version=version)
        texts = await work.towns.texts_in_force(TextUse.ACKNOWLEDGEMENT)
        text = next((one for one in texts if one.name == name), None)
        if text is None or not name.startswith(ANSWER_PREFIX):
            raise NoSuchAnswer()
        answered = handled(
            visitor, VisitorState.ANSWERED, by=by, at=at, answered_with=text.known_as
        )
        await put_visitor(work, visitor, answered)
        await work.errands.add(await _errand(work, visitor, text, press=press, at=at))
        await work.audit.append(
            AuditEvent(
                action="reception.answered",
                at=at,
                actor=by,
                role=role.value,
                subject=visitor.link_id,
                evidence=(f"text={text.known_as}",),
            )
        )
        await work.cards.redraw((visitor.link_id,), at=at)
        await refresh_desks(work, (by,), at=at)
        await work.commit()
        return answered


async def _errand(
    work: Work, visitor: Visitor, text: StandingText, *, press: LetterPress, at: datetime
) -> Errand:
    """The exact bytes, under the key by which LINE takes them once."""
    link = await work.links.get(visitor.link_id)
    return Errand(
        id=ErrandId(work.new_key()),
        municipality_id=work.municipality_id,
        link_id=link.id,
        kind=ErrandKind.TEXT,
        line_user_id=link.line_user_id,
        next_at=at,
        request=press.freeze(to=link.line_user_id, body=text.body, alt_text="", with_buttons=False),
    )
