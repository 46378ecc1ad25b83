"""Pages of what was said at an item and of a sitting's papers, for the circle alone (R-082).

Each is opened on its own, so that the record says who read it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request
from starlette.responses import Response

from bots.i18n.catalogue import moment, word
from bots.web.chapters.meetings import minutes_lines
from bots.web.chapters.rows import Row
from bots.web.passes import StaffSession
from core.cases import Case
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.meetings.packs import Pack, PackExtent, PackItem
from core.ports import Clock, UnitOfWork
from core.usecases.cases.find_case import find_case
from core.usecases.meetings.open_minutes import open_minutes
from core.usecases.meetings.open_pack import open_pack
from core.usecases.staff.show_staff import show_staff


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesPages:
    """Minutes of an item, and the papers of a sitting.

    Attributes:
        session: who is reading, or PassUnusable.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]

    async def minutes(self, request: Request) -> Response:
        """議事録を読む."""
        at = self.clock.now()
        session = self.session(request, at)
        if request.method == "HEAD":
            # Nobody reads a page without its body, so nothing is recorded as read.
            return Response()
        case = await find_case(self.uow, alias=request.path_params["alias"])
        minutes = await open_minutes(
            self.uow,
            meeting_id=MeetingId(request.path_params["meeting"]),
            item_id=ItemId(request.path_params["item"]),
            case_id=case.id,
            by=session.staff_id,
            at=at,
        )
        chip = "まだ確認前です" if minutes.confirmed_at is None else "確認済み"
        row = Row(title="議事録", chip=chip, words=tuple(minutes_lines(minutes)))
        return await self._shown(session, case, title="議事録", rows=(row,))

    async def pack(self, request: Request) -> Response:
        """資料を読む."""
        at = self.clock.now()
        session = self.session(request, at)
        if request.method == "HEAD":
            # Nobody reads a page without its body, so nothing is recorded as read.
            return Response()
        case = await find_case(self.uow, alias=request.path_params["alias"])
        pack = await open_pack(
            self.uow,
            meeting_id=MeetingId(request.path_params["meeting"]),
            by=session.staff_id,
            at=at,
            tz=self.tz,
        )
        return await self._shown(
            session, case, title="会議の資料", rows=tuple(self._papers(pack, case))
        )

    def _papers(self, pack: Pack, case: Case) -> Iterator[Row]:
        begins = {block.body_id: block.begins_at for block in pack.blocks}
        for item in pack.items:
            at = begins.get(item.ground.body_id)
            whose = case.alias if item.case_id == case.id else "ほかの議題"
            yield Row(
                title=f"{whose} · {word(item.purpose)}",
                chip=word(item.ground.basis),
                when="" if at is None else moment(at, tz=self.tz),
                words=tuple(_in_the_pack(item)),
            )

    async def _shown(
        self, session: StaffSession, case: Case, *, title: str, rows: tuple[Row, ...]
    ) -> Response:
        return self.render(
            "minutes.html",
            alias=case.alias,
            title=title,
            rows=rows,
            reader=await self._name(session.staff_id),
            until=moment(session.expires_at, tz=self.tz),
        )

    async def _name(self, staff_id: StaffId) -> str:
        return (await show_staff(self.uow, staff_id=staff_id)).name


def _in_the_pack(item: PackItem) -> Iterator[str]:
    if item.extent is PackExtent.AGENDA:
        yield "議題だけをお見せしています。"
        return
    for paper in item.materials:
        yield f"資料{paper.number} {paper.title}"
    if item.minutes is not None:
        yield from minutes_lines(item.minutes)
    elif item.headings:
        yield "話し合うこと:" + "、".join(word(heading) for heading in item.headings)
