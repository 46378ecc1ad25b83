"""The longest things that can stand in a view, and the means to draw them without a Slack."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.acking import Acking
from bots.slack.identity import Identity
from bots.slack.means import Means, SlackSettings
from bots.slack.telling import Telling
from core.agencies import Staff
from core.cases import Case, CaseState
from core.consent import ConsentState
from core.consent.scopes import AgencyScope, AttendScope, LineScope, MeetingScope, ServiceScope
from core.contacts import Contact, ContactChannel, Met
from core.crisis.alerts import OPEN, AlertState
from core.crisis_access import AlertSeen
from core.ids import AlertId, AreaId, CaseId, ConsentId, ContactId, LetterId, LineEventId
from core.inbound import KeptEvent
from core.letter_news import CaseNews, NewsKind
from core.letters import Letter, LetterKind, LetterState, Reason
from core.lint import Finding
from core.ports import DeskCase, UnitOfWork
from core.programmes import Programme
from core.usecases.cases.glance_case import CaseGlance
from core.usecases.cases.show_case import CaseStory
from core.usecases.desk.show_desk import DeskView
from core.usecases.letters.show_letter import LetterView
from core.usecases.letters.show_send_day import SendDayView
from tests.bots.slack.office import PlainPress
from tests.people import A12, LETTER, LINK_A, MAY_WRITE_TO_A, MIDORI, MONDAY, SATO, TOKYO, A
from tests.proofs import PROOF

LONG = "<!channel> & *とても長い* <@U0SATO> " * 20
AREA = AreaId("area-1")


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 12, 31, 3, 0, tzinfo=UTC)


def means(uow: Any = None) -> Means:
    """Means to draw with; nothing is called."""
    nothing: UnitOfWork = uow
    client = AsyncWebClient(token="xoxb-none")
    return Means(
        uow=nothing,
        clock=Noon(),
        press=PlainPress(),
        proof=PROOF,
        tz=TOKYO,
        closed_days=frozenset(),
        settings=SlackSettings(bot_token="xoxb-none", signing_secret="none"),
        staff_link=lambda staff_id, case_id: "https://example.jp/s/" + "x" * 500,
        wake=lambda: None,
        client=client,
        identity=Identity(nothing),
        acking=Acking(),
        telling=Telling(client),
    )


def case(number: int = 0) -> Case:
    """A case with a long alias."""
    return replace(
        A12, id=CaseId(f"{number:036d}"), alias=f"北部圏域-{number:04d}-{LONG[:30]}", area_id=AREA
    )


def call(state: AlertState, *, clear: bool | None = True) -> AlertSeen:
    """A call for people that rang often, with long names."""
    settled = state not in OPEN
    taken = state is not AlertState.RAISED
    return AlertSeen(
        alert_id=AlertId("1" * 26),
        case_id=case().id,
        alias=case().alias,
        state=state,
        clear=clear,
        raised_at=MONDAY,
        signs=99,
        rounds=99,
        false_alarm=state is AlertState.FALSE_ALARM,
        taken_by=LONG[:50] if taken else "",
        taken_at=MONDAY if taken else None,
        settled_by=LONG[:50] if settled else "",
        settled_at=MONDAY if settled else None,
        review_due_on=MONDAY.date() if settled else None,
    )


def contact(number: int) -> Contact:
    """One of many contacts."""
    return Contact(
        id=ContactId(f"contact-{number}"),
        municipality_id=A12.municipality_id,
        case_id=A12.id,
        at=MONDAY + timedelta(days=number),
        channel=list(ContactChannel)[number % len(ContactChannel)],
        met=list(Met)[number % len(Met)],
        note="この言葉は Slack に出ません",
        next_on=None,
    )


def letter(
    state: LetterState = LetterState.PENDING_APPROVAL, reason: Reason | None = None
) -> Letter:
    """A letter with everything filled in, as long as a form allows and more."""
    return replace(
        LETTER,
        id=LetterId("1" * 36),
        kind=LetterKind.FIRST,
        body=LONG[:900] + "長い手紙です。" * 400,
        alt_text=LONG[:100],
        state=state,
        reason=reason,
        note=LONG,
        approved_by=SATO.id,
        approved_at=MONDAY,
        decided_by=SATO.id,
        decided_at=MONDAY,
        sent_at=MONDAY,
        version=12,
        template="t" * 60 + "/12",
        excuse=LONG[:200],
        excused=frozenset({"L1", "L10", "L15"}),
    )


def letter_view(shown: Letter, *, deciding: bool) -> LetterView:
    """The letter for somebody who may do everything with it."""
    contacts = tuple(contact(number) for number in range(5))
    return LetterView(
        letter=shown,
        case=case(),
        area=LONG,
        account=LONG[:80],
        author=LONG[:100],
        approver=LONG[:100],
        decider=LONG[:100],
        contacts=contacts,
        findings=tuple(
            Finding(
                code=code,
                level="block" if code in ("L1", "L10") else "warn",
                span=(0, 1),
                text="「言葉」" * 5,
                reason="lock_screen",
                softer="neutral_words",
            )
            for code in ("L1", "L10", "L7", "L8", "L9")
        ),
        news=contacts[:2],
        may_decide=deciding,
        may_stop=True,
        to_accept=frozenset({"L1", "L10"}) if deciding else frozenset(),
        leaflet=LONG[:200],
    )


def send_day_view(shown: Letter, *, answering: bool) -> SendDayView:
    """The letter on its day, with more around it than a card can hold."""
    return SendDayView(
        letter=replace(shown, asks_again=True),
        case=case(),
        area=LONG,
        author=LONG[:100],
        approver=LONG[:100],
        answerer=LONG[:100],
        answered=None if answering else MONDAY,
        contacts=tuple(contact(number) for number in range(40)),
        news=tuple(
            CaseNews(kind=kind, at=MONDAY, stage=stage) for kind in NewsKind for stage in CaseState
        ),
        wrote_at=MONDAY,
        may_answer=answering,
        wants_approver=answering,
        may_return=True,
        may_leave_out=True,
    )


def glance(**changed: Any) -> CaseGlance:
    """A case from afar."""
    seen = CaseGlance(
        case=case(),
        area=LONG,
        waiting=99,
        first_waiting=None,
        link_state=LINK_A.state,
        paused_until=MONDAY,
    )
    return replace(seen, **changed)


def story() -> CaseStory:
    """A case with a long history."""
    return CaseStory(
        case=case(),
        person=A,
        link=replace(LINK_A, paused_until=MONDAY),
        consents=tuple(
            replace(
                MAY_WRITE_TO_A,
                id=ConsentId(f"{type(scope).__name__}-{state}"),
                scope=scope,
                state=state,
                explained_at=MONDAY,
                declined_at=MONDAY,
                withdrawn_at=MONDAY,
            )
            for scope in (
                LineScope(),
                ServiceScope(programme=Programme.MULTI_AGENCY),
                MeetingScope(body="重層的支援会議", membership_version=1),
                AgencyScope(agencies=frozenset(), topics=frozenset()),
                AttendScope(meeting="meeting-1"),
            )
            for state in ConsentState
        ),
        letters=tuple(letter(state) for state in LetterState),
        contacts=tuple(contact(number) for number in range(40)),
        replies=(),
        trail=(),
        names={},
    )


def in_tray(number: int) -> KeptEvent:
    """An event of a kind with the longest name."""
    return KeptEvent(
        id=LineEventId(f"event-{number}"),
        municipality_id=MIDORI,
        event_key=f"01{number}",
        received_at=MONDAY,
        raw=b"{}",
        kind=LONG,
    )


def desk(rows: int, staff: Staff = SATO) -> DeskView:
    """A desk with as many rows in every part."""
    cases = tuple(case(number) for number in range(rows))
    return DeskView(
        staff=staff,
        to_approve=tuple((letter(), one) for one in cases),
        answered=tuple((one, 99) for one in cases),
        cases=tuple(DeskCase(case=one, last_contact_at=MONDAY) for one in cases),
        sent_back=tuple((letter(LetterState.DRAFT), one) for one in cases),
        today=tuple((letter(LetterState.SCHEDULED), one) for one in cases),
        areas={AREA: LONG},
        tray=tuple(in_tray(number) for number in range(rows)),
    )
