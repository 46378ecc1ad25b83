"""Whatever a record holds, the store gives the same record back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.agencies import Agency, Area, Role, Seat, Staff
from core.audit import AuditEvent
from core.cases import Case, CaseState, Urgency
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import Evidence
from core.consent.giver import Giver
from core.consent.scopes import Scope
from core.contacts import Contact, ContactChannel, Met
from core.ids import (
    AgencyId,
    AreaId,
    CaseId,
    ConsentId,
    ContactId,
    DeliveryId,
    HouseholdId,
    LetterId,
    LinkId,
    PersonId,
    ReplyId,
    StaffId,
)
from core.letters import Letter, LetterKind, LetterState, Reason
from core.outbox import Delivery, DeliveryState
from core.people import Household, LanguageStyle, LineLink, LinkState, Person
from core.ports import RawEvent, UnitOfWork
from core.profiles import ChannelRest, LetterRules, Municipality, StandingText, TextUse
from core.replies import Reply, ReplyKind, ReplyState
from core.wording.kinds import TextKind
from tests.contracts.letters_at_hand import scheduled
from tests.databases import new_id
from tests.people import A12, MIDORI, SUZUKI, TANAKA, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# PostgreSQL has no NUL in text; lone surrogates are not text.
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
maybe_moments = st.none() | moments
versions = st.integers(1, 10**6)


def ids(make: Callable[[str], Any]) -> Any:
    """Fresh ids."""
    return st.builds(new_id).map(make)


def fresh_words() -> Any:
    """Words that no other row has."""
    return st.tuples(st.builds(new_id), words).map("".join)


rules = st.builds(
    LetterRules,
    opens=st.times(),
    closes=st.times(),
    gap=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=365)),
    approval_lasts=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=365)),
    lock_screen_words=st.lists(words, max_size=3).map(tuple),
    writes_to_minors=st.booleans(),
    self_approval=st.booleans(),
)
towns = st.builds(
    Municipality,
    id=st.just(MIDORI),
    code=words,
    name=words,
    account_name=words,
    letters=rules,
    pushes_stopped=st.booleans(),
)
areas = st.builds(
    Area, id=ids(AreaId), municipality_id=st.just(MIDORI), code=fresh_words(), name=words
)
agencies = st.builds(
    Agency,
    id=ids(AgencyId),
    municipality_id=st.just(MIDORI),
    code=fresh_words(),
    name=words,
    kind=words,
)
staff = st.builds(
    Staff,
    id=ids(StaffId),
    municipality_id=st.just(MIDORI),
    code=fresh_words(),
    name=words,
    roles=st.frozensets(st.sampled_from(Role)),
    agency_id=st.none(),
    slack_team_id=st.just("T0"),
    slack_user_id=fresh_words(),
    active=st.booleans(),
)
standing_texts = st.builds(
    StandingText,
    municipality_id=st.just(MIDORI),
    name=fresh_words(),
    version=words,
    body=words,
    author_id=st.just(SUZUKI.id),
    approved_by=st.just(TANAKA.id),
    approved_at=moments,
    use=st.just(TextUse.ANSWER),
    title=words,
) | st.builds(
    StandingText,
    municipality_id=st.just(MIDORI),
    name=fresh_words(),
    version=words,
    body=words,
    author_id=st.just(SUZUKI.id),
    approved_by=st.just(TANAKA.id),
    approved_at=moments,
    use=st.just(TextUse.TEMPLATE),
    kind=st.sampled_from(TextKind),
    style=st.sampled_from(LanguageStyle),
)
households = st.builds(
    Household,
    id=ids(HouseholdId),
    municipality_id=st.just(MIDORI),
    code=fresh_words(),
    label=words,
    area_id=st.none(),
)
people = st.builds(
    Person,
    id=ids(PersonId),
    municipality_id=st.just(MIDORI),
    code=fresh_words(),
    name=words,
    kana=words,
    household_id=st.none(),
    area_id=st.none(),
    birth_date=st.none() | st.dates(),
    address=words,
    phones=st.lists(words, max_size=3).map(tuple),
    language_style=st.sampled_from(LanguageStyle),
    interests=st.lists(words, max_size=3).map(tuple),
    do_not_mention=st.lists(words, max_size=3).map(tuple),
    wakes=st.none() | st.times(),
    sleeps=st.none() | st.times(),
    deceased_on=st.none() | st.dates(),
)
links = st.builds(
    LineLink,
    id=ids(LinkId),
    municipality_id=st.just(MIDORI),
    line_user_id=fresh_words(),
    state=st.sampled_from([LinkState.UNLINKED, LinkState.BLOCKED, LinkState.UNLINKED_BY_PERSON]),
    version=versions,
    person_id=st.none(),
    linked_at=maybe_moments,
    state_since=maybe_moments,
    paused_until=maybe_moments,
    last_inbound_at=maybe_moments,
)
cases = st.builds(
    Case,
    id=ids(CaseId),
    municipality_id=st.just(MIDORI),
    case_no=fresh_words(),
    alias=fresh_words(),
    person_id=st.just(A.id),
    state=st.sampled_from(CaseState),
    opened_on=st.dates(),
    household_id=st.none(),
    area_id=st.none(),
    lead_staff_id=st.none() | st.just(TANAKA.id),
    urgency=st.sampled_from(Urgency),
    plan_less_because=words,
    facts=st.integers(0, 10**6),
    version=versions,
)
NEIGHBOUR = replace(A, id=PersonId("person-b"), code="B")


def any_of(kinds: Any) -> Any:
    """Any record of these kinds."""
    return st.one_of(*map(st.from_type, get_args(kinds)))


def consents(state: ConsentState) -> Any:
    """Lines of every kind that may stand at this state."""
    asked = state in {ConsentState.EXPLAINING, ConsentState.DECLINED_FOR_NOW}
    return st.builds(
        ConsentLine,
        id=ids(ConsentId),
        municipality_id=st.just(MIDORI),
        subject=st.just(NEIGHBOUR.id),
        scope=any_of(Scope),
        state=st.just(state),
        text_version=words,
        explained_by=st.none() | st.just(TANAKA.id),
        explained_at=maybe_moments,
        giver=st.none() | st.builds(Giver, person_id=st.just(A.id), authority=words),
        evidence=st.none() | any_of(Evidence),
        given_at=st.none() if asked else moments,
        declined_at=maybe_moments,
        withdrawn_at=moments if state is ConsentState.WITHDRAWN else st.none(),
        expires_on=st.none() | st.dates(),
        replaces=st.none() | ids(ConsentId),
        replaced_by=st.none() | ids(ConsentId),
        version=versions,
    )


letters = st.builds(
    Letter,
    id=ids(LetterId),
    municipality_id=st.just(MIDORI),
    case_id=st.just(A12.id),
    person_id=st.just(A.id),
    kind=st.sampled_from(LetterKind),
    body=words,
    author_id=st.just(SUZUKI.id),
    opens_at=st.datetimes(max_value=datetime(2026, 1, 1), timezones=st.just(UTC)),
    closes_at=st.datetimes(min_value=datetime(2026, 1, 2), timezones=st.just(UTC)),
    state=st.sampled_from(sorted(set(LetterState) - {LetterState.SENT})),
    created_at=moments,
    alt_text=words,
    version=versions,
    reason=st.none() | st.sampled_from(Reason),
    note=words,
    approved_by=st.just(TANAKA.id),
    approved_at=moments,
    approved_facts=st.none() | st.integers(0, 10**6),
    bound_hash=words,
    decided_by=st.none() | st.just(TANAKA.id),
    decided_at=maybe_moments,
    sent_at=st.none(),
    line_request_id=st.none() | words,
    acknowledges=st.none() | words,
    command_key=st.none() | fresh_words(),
    asks_again=st.booleans(),
    asked_at=maybe_moments,
    template=st.none() | words,
    season=st.none() | words,
    former_body=st.none() | words,
    former_alt_text=st.none() | words,
    rewritten_at=maybe_moments,
)


def confirmed(letter: Letter, later: timedelta) -> Letter:
    """The letter, on whose day somebody said that it still fits."""
    at = (letter.approved_at or letter.created_at) + later
    return replace(letter, asks_again=True, confirmed_at=at, confirmed_by=TANAKA.id)


def own(letter: Letter, reason: str) -> Letter:
    """The letter, approved by its own author with a reason."""
    return replace(letter, approved_by=letter.author_id, self_approved_reason=reason)


codes = st.frozensets(st.sampled_from(("L1", "L2", "L10", "L15")))
excused_letters = st.builds(replace, letters, excuse=words, excused=codes)
own_letters = st.builds(own, letters, words)
confirmed_letters = st.builds(confirmed, letters, st.timedeltas(timedelta(), timedelta(days=400)))
deliveries = st.builds(
    Delivery,
    id=ids(DeliveryId),
    municipality_id=st.just(MIDORI),
    letter_id=st.just(LetterId("letter-1")),
    case_id=st.just(A12.id),
    person_id=st.just(A.id),
    request=st.binary(max_size=200),
    next_at=moments,
    state=st.sampled_from(sorted(set(DeliveryState) - {DeliveryState.CLAIMED})),
    attempts=st.integers(0, 1000),
    doubt_since=maybe_moments,
)
contacts = st.builds(
    Contact,
    id=ids(ContactId),
    municipality_id=st.just(MIDORI),
    case_id=st.just(A12.id),
    at=moments,
    channel=st.sampled_from(ContactChannel),
    met=st.sampled_from(Met),
    by=st.none() | st.just(TANAKA.id),
    note=words,
    next_on=st.none() | st.dates(),
    letter_id=st.none(),
    reply_id=st.none(),
    command_key=st.none() | fresh_words(),
)
replies = st.builds(
    Reply,
    id=ids(ReplyId),
    municipality_id=st.just(MIDORI),
    person_id=st.just(A.id),
    case_id=st.just(A12.id),
    kind=st.sampled_from(ReplyKind),
    text=words,
    message_id=fresh_words(),
    occurred_at=moments,
    received_at=moments,
    state=st.sampled_from(ReplyState),
    version=versions,
)
events = st.builds(
    AuditEvent,
    action=words,
    at=moments,
    actor=words,
    role=words,
    subject=words,
    case_id=st.none() | st.just(A12.id),
    was=words,
    now=words,
    reason=words,
    evidence=st.lists(words, max_size=3).map(tuple),
)


@few
@given(town=towns)
async def test_a_municipality_comes_back(midori: UnitOfWork, town: Municipality) -> None:
    async with midori.write() as work:
        await work.towns.put(town)
        assert await work.towns.get() == town


@few
@given(area=areas, agency=agencies, text=standing_texts)
async def test_the_towns_parts_come_back(
    midori: UnitOfWork, area: Area, agency: Agency, text: StandingText
) -> None:
    async with midori.write() as work:
        await work.towns.put_area(area)
        await work.towns.put_agency(agency)
        await work.towns.put_standing_text(text)
        assert area in await work.towns.areas()
        assert agency in await work.towns.agencies()
        assert await work.towns.standing_text(text.name) == text
        assert await work.towns.standing_text(text.name, version=text.version) == text
        assert text in await work.towns.texts_in_force(text.use)


@few
@given(one=staff)
async def test_staff_come_back(midori: UnitOfWork, one: Staff) -> None:
    async with midori.write() as work:
        await work.staff.put(one)
        assert await work.staff.get(one.id) == one
        assert await work.staff.by_code(one.code) == one
        assert await work.staff.by_slack(team_id="T0", user_id=one.slack_user_id or "") == one
        assert (one in await work.staff.active()) is one.active
        assert one in await work.staff.all()


@few
@given(role=st.sampled_from(Role))
async def test_seats_come_back(midori: UnitOfWork, role: Role) -> None:
    seat = Seat(case_id=A12.id, staff_id=SUZUKI.id, role=role)
    async with midori.write() as work:
        await work.staff.put_seat(seat)
        assert seat in await work.staff.seats(A12.id)
        assert seat in await work.staff.seats_of(SUZUKI.id)


@few
@given(person=people, household=households)
async def test_people_come_back(midori: UnitOfWork, person: Person, household: Household) -> None:
    async with midori.write() as work:
        await work.people.put_household(household)
        living = replace(person, household_id=household.id)
        await work.people.put(living)
        assert await work.people.get(person.id) == living
        assert await work.people.by_code(person.code) == living
        assert await work.people.household_by_code(household.code) == household
        assert await work.people.members(household.id) == (living,)


@few
@given(link=links)
async def test_line_accounts_come_back(midori: UnitOfWork, link: LineLink) -> None:
    async with midori.write() as work:
        await work.links.add(link)
        assert await work.links.by_line_user(link.line_user_id) == link


@few
@given(case=cases)
async def test_cases_come_back(midori: UnitOfWork, case: Case) -> None:
    async with midori.write() as work:
        await work.cases.add(case)
        assert await work.cases.get(case.id) == case
        assert await work.cases.by_alias(case.alias) == case
        assert await work.cases.by_no(case.case_no) == case
        assert case in await work.cases.of_person(A.id)
        assert case in await work.cases.all()


@few
@given(line=st.sampled_from(ConsentState).flatmap(consents))
async def test_consents_come_back(midori: UnitOfWork, line: ConsentLine) -> None:
    async with midori.write() as work:
        await work.people.put(NEIGHBOUR)
        await work.consents.add(line)
        assert await work.consents.get(line.id) == line
        assert await work.consents.current(NEIGHBOUR.id, line.type) == line
        assert await work.consents.of_people([A.id, NEIGHBOUR.id, A.id]) != (line,)
        assert await work.consents.of_person(NEIGHBOUR.id) == (line,)


@few
@given(letter=letters | confirmed_letters | own_letters | excused_letters)
async def test_letters_come_back(midori: UnitOfWork, letter: Letter) -> None:
    async with midori.write() as work:
        await work.letters.add(letter)
        assert await work.letters.get(letter.id) == letter
        assert letter in await work.letters.of_case(A12.id)


@few
@given(delivery=deliveries)
async def test_deliveries_come_back(midori: UnitOfWork, delivery: Delivery) -> None:
    async with midori.write() as work:
        await work.letters.add(scheduled())
        await work.outbox.add(delivery)
        assert await work.outbox.of_letter(delivery.letter_id) == delivery


@few
@given(several=st.lists(contacts, min_size=1, max_size=4))
async def test_contacts_come_back(midori: UnitOfWork, several: list[Contact]) -> None:
    async with midori.write() as work:
        for one in several:
            assert await work.contacts.add(one)
        assert set(await work.contacts.of_case(A12.id)) == set(several)


@few
@given(reply=replies)
async def test_replies_come_back(midori: UnitOfWork, reply: Reply) -> None:
    async with midori.write() as work:
        assert await work.replies.add(reply)
        assert await work.replies.get(reply.id) == reply
        assert await work.replies.by_message(reply.message_id or "") == reply
        assert reply in await work.replies.of_case(A12.id)


@few
@given(happened=st.lists(events, min_size=1, max_size=4))
async def test_audit_events_come_back_in_order(
    midori: UnitOfWork, happened: list[AuditEvent]
) -> None:
    async with midori.write() as work:
        await work.audit.append(*happened)
        assert [entry.event for entry in await work.audit.entries()] == happened


@few
@given(raw=st.binary(min_size=1, max_size=200), at=moments)
async def test_raw_events_come_back_to_the_byte(
    midori: UnitOfWork, raw: bytes, at: datetime
) -> None:
    async with midori.write() as work:
        await work.inbox.split(
            "none", [RawEvent(event_key="k", message_id=None, raw=raw)], received_at=at
        )
        (event,) = await work.inbox.waiting(at=at, limit=5)
        assert (event.raw, event.received_at) == (raw, at)


@few
@given(cause=words, detail=words, until=moments)
async def test_a_rest_of_the_channel_comes_back(
    midori: UnitOfWork, cause: str, detail: str, until: datetime
) -> None:
    rest = ChannelRest(cause=cause, detail=detail, until=until)
    async with midori.write() as work:
        await work.towns.rest_channel(rest)
        assert await work.towns.channel_rest() == rest
        assert await work.towns.gate() == (await work.towns.get(), rest, None)
        await work.towns.rest_channel(None)
        assert await work.towns.channel_rest() is None
        assert await work.towns.gate() == (await work.towns.get(), None, None)
