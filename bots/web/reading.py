"""Pages about reading itself: older parts, tax facts, who opened the case, and the shut door."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bots.i18n.catalogue import moment, refusal, word
from bots.i18n.names import Names
from bots.web.chapters.money import said_of
from bots.web.chapters.rows import Row, facts
from bots.web.deeds import capacity, deed, doer, why
from bots.web.forms import read_form
from bots.web.passes import PassUnusable, StaffSession, form_mark, same_mark
from bots.web.story import Step, Teller
from core.audit import AuditEntry
from core.cases import Case
from core.errors import CaseworkError
from core.ids import AssessmentId
from core.long_lists import LongList
from core.municipal_profiles.profile import Unsend
from core.ports import Clock, UnitOfWork
from core.reading import OpenGlass
from core.usecases.cases.find_case import find_case
from core.usecases.cases.show_older import show_older
from core.usecases.reading.break_glass import break_glass
from core.usecases.reading.offer_glass import offer_glass
from core.usecases.reading.open_tax_fact import open_tax_fact
from core.usecases.reading.who_opened import who_opened
from core.usecases.staff.show_staff import show_staff


@dataclass(frozen=True, kw_only=True, slots=True)
class GlassRow:
    """A read past the usual door, in words."""

    when: str
    who: str
    reason: str
    finding: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingPages:
    """Older pages, openings, and the page of a shut door.

    Attributes:
        session: who is reading, or PassUnusable.
        render: a template as a response.
    """

    uow: UnitOfWork
    clock: Clock
    tz: tzinfo
    key: bytes
    names: Names
    unsend: Unsend
    session: Callable[[Request, datetime], StaffSession]
    render: Callable[..., Response]
    headers: Mapping[str, str]

    async def older(self, request: Request) -> Response:
        """もっと見る: older rows of one list."""
        at = self.clock.now()
        session = self.session(request, at)
        part = _part(request)
        case = await find_case(self.uow, alias=request.path_params["alias"])
        story = await show_older(
            self.uow,
            case_id=case.id,
            part=part,
            before=request.query_params.get("before", ""),
            by=session.staff_id,
            at=at,
            tz=self.tz,
        )
        page = Teller(story, at=at, tz=self.tz, names=self.names, unsend=self.unsend).page()
        return self.render(
            "older.html",
            page=page,
            part=part.value,
            title=word(part),
            reader=story.names.get(session.staff_id, ""),
            until=moment(session.expires_at, tz=self.tz),
        )

    async def tax(self, request: Request) -> Response:
        """税に由来するお金のこと, for the officer who brought it in."""
        at = self.clock.now()
        session = self.session(request, at)
        if request.method == "HEAD":
            # Nobody reads a page without its body, so nothing is recorded as read.
            return Response()
        case = await find_case(self.uow, alias=request.path_params["alias"])
        money = await open_tax_fact(
            self.uow,
            case_id=case.id,
            assessment_id=AssessmentId(request.path_params["assessment"]),
            by=session.staff_id,
            at=at,
            tz=self.tz,
        )
        reader = await show_staff(self.uow, staff_id=session.staff_id)
        return self.render(
            "tax.html",
            alias=case.alias,
            row=Row(title="お金のこと", facts=facts(*said_of(money))),
            reader=reader.name,
            until=moment(session.expires_at, tz=self.tz),
        )

    async def opened(self, request: Request) -> Response:
        """Who opened the case, for those who read the trail."""
        at = self.clock.now()
        session = self.session(request, at)
        case = await find_case(self.uow, alias=request.path_params["alias"])
        before = request.query_params.get("before", "")
        told = await who_opened(
            self.uow,
            case_id=case.id,
            by=session.staff_id,
            at=at,
            before=int(before) if before.isdecimal() else None,
        )
        return self.render(
            "opened.html",
            alias=case.alias,
            steps=[self._step(entry, told.names) for entry in told.entries],
            glass=[self._glass(one, told.names) for one in told.glass],
            older=str(told.entries[-1].number) if told.more else "",
            reader=told.names.get(session.staff_id, ""),
            until=moment(session.expires_at, tz=self.tz),
        )

    async def shut(
        self, session: StaffSession, case: Case, refused: CaseworkError, *, reason: str = ""
    ) -> Response:
        """The page of a shut door, for those who may open it with a reason.

        Raises:
            CaseworkError: the refusal itself, to everybody else.
        """
        if not await offer_glass(self.uow, case_id=case.id, by=session.staff_id):
            raise refused
        return self.render(
            "shut.html",
            status=403,
            alias=case.alias,
            no=refusal(refused, tz=self.tz),
            reason=reason,
            mark=form_mark(session, case.id, key=self.key),
        )

    async def glass(self, request: Request) -> Response:
        """理由を書いて、いま開く."""
        at = self.clock.now()
        session = self.session(request, at)
        form = await read_form(request)
        case = await find_case(self.uow, alias=request.path_params["alias"])
        mark = form.get("mark", [""])[0]
        if not same_mark(mark, form_mark(session, case.id, key=self.key)):
            raise PassUnusable
        reason = form.get("reason", [""])[0]
        try:
            await break_glass(self.uow, case_id=case.id, by=session.staff_id, reason=reason, at=at)
        except CaseworkError as refused:
            return await self.shut(session, case, refused, reason=reason)
        return RedirectResponse(
            f"/s/cases/{case.alias}", status_code=303, headers=dict(self.headers)
        )

    def _step(self, entry: AuditEntry, names: dict[str, str]) -> Step:
        return Step(
            about="",
            when=moment(entry.event.at, tz=self.tz),
            who=doer(entry.event, names),
            role=capacity(entry.event),
            what=deed(entry.event),
            why=why(entry.event),
        )

    def _glass(self, glass: OpenGlass, names: dict[str, str]) -> GlassRow:
        return GlassRow(
            when=moment(glass.opened_at, tz=self.tz),
            who=f"{names.get(glass.staff_id, '')}さん",
            reason=glass.reason,
            finding=glass.finding,
        )


def _part(request: Request) -> LongList:
    named = request.path_params["part"]
    for part in LongList:
        if part.value == named:
            return part
    raise PassUnusable
