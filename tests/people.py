"""The people of the tests, always the same: A at home, 佐藤 and 田中 and 鈴木 at work."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.agencies import Role, Seat, Staff
from core.cases import Case, CaseState
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import LinkEvidence
from core.consent.giver import Giver
from core.consent.scopes import LineScope
from core.ids import (
    CaseId,
    ConsentId,
    LetterId,
    LinkId,
    MunicipalityId,
    PersonId,
    StaffId,
)
from core.letters import Letter, LetterKind, LetterState
from core.people import LineLink, LinkState, Person
from core.profiles import Municipality

TOKYO = ZoneInfo("Asia/Tokyo")
MIDORI = MunicipalityId("midori")
# A Monday, 10:30 in Tokyo, no holiday.
MONDAY = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)

TOWN = Municipality(id=MIDORI, code="midori", name="みどり市", account_name="みどりのたより")

A = Person(
    id=PersonId("person-a"),
    municipality_id=MIDORI,
    code="A",
    name="青木 架空",
    kana="あおき かくう",
    phones=("090-0000-0000",),
    address="みどり市ないない町1-2-3",
    interests=("鉄道",),
)
SATO = Staff(
    id=StaffId("staff-sato"),
    municipality_id=MIDORI,
    code="佐藤",
    name="佐藤",
    roles=frozenset({Role.OUTREACH_WORKER, Role.MESSAGE_APPROVER}),
    slack_team_id="T0PRACTICE",
    slack_user_id="U0SATO",
)
SUZUKI = Staff(
    id=StaffId("staff-suzuki"),
    municipality_id=MIDORI,
    code="鈴木",
    name="鈴木",
    roles=frozenset({Role.OUTREACH_WORKER}),
    slack_team_id="T0PRACTICE",
    slack_user_id="U0SUZUKI",
)
TANAKA = Staff(
    id=StaffId("staff-tanaka"),
    municipality_id=MIDORI,
    code="田中",
    name="田中",
    roles=frozenset({Role.COORDINATOR, Role.MESSAGE_APPROVER}),
    slack_team_id="T0PRACTICE",
    slack_user_id="U0TANAKA",
)
A12 = Case(
    id=CaseId("case-a12"),
    municipality_id=MIDORI,
    case_no="2026-0012",
    alias="A-12",
    person_id=A.id,
    state=CaseState.RELATIONSHIP_BUILDING,
    opened_on=date(2026, 4, 6),
    lead_staff_id=SATO.id,
)
SEATS = (
    Seat(case_id=A12.id, staff_id=SATO.id, role=Role.OUTREACH_WORKER),
    Seat(case_id=A12.id, staff_id=SATO.id, role=Role.MESSAGE_APPROVER),
    Seat(case_id=A12.id, staff_id=SUZUKI.id, role=Role.OUTREACH_WORKER),
    Seat(case_id=A12.id, staff_id=TANAKA.id, role=Role.COORDINATOR),
    Seat(case_id=A12.id, staff_id=TANAKA.id, role=Role.MESSAGE_APPROVER),
)
LINK_A = LineLink(
    id=LinkId("link-a"),
    municipality_id=MIDORI,
    line_user_id="U" + "a" * 32,
    state=LinkState.LINKED,
    person_id=A.id,
    linked_at=MONDAY - timedelta(days=30),
)
MAY_WRITE_TO_A = ConsentLine(
    id=ConsentId("consent-a"),
    municipality_id=MIDORI,
    subject=A.id,
    scope=LineScope(),
    state=ConsentState.GIVEN,
    giver=Giver(person_id=A.id),
    given_at=MONDAY - timedelta(days=30),
    evidence=LinkEvidence(link_id=LINK_A.id, friend_added=True, code_used=True),
)
WORDS = "鈴木です。夜が冷えるようになりました。ふと思い出して書いています。返事はいりません。"
LETTER = Letter(
    id=LetterId("letter-1"),
    municipality_id=MIDORI,
    case_id=A12.id,
    person_id=A.id,
    kind=LetterKind.CHECK_IN,
    body=WORDS,
    author_id=SUZUKI.id,
    opens_at=MONDAY + timedelta(hours=1),
    closes_at=MONDAY + timedelta(hours=9),
    state=LetterState.PENDING_APPROVAL,
    created_at=MONDAY,
)
