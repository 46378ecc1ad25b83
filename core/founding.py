"""What a town file says, as records: plain building, no storage.

Each function takes the file's part, the record that is there already (or None), and what was
founded so far; it keeps ids and everything that belongs to the running record.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.agencies import Agency, Area, Provider, Seat, Staff
from core.cases import Case
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import NotedEvidence
from core.consent.giver import Giver
from core.consent.scopes import LineScope
from core.ids import (
    AgencyId,
    AreaId,
    CaseId,
    ConsentId,
    HouseholdId,
    LetterId,
    LinkId,
    MunicipalityId,
    PersonId,
    PlaceId,
    StaffId,
)
from core.letters import Letter, LetterState
from core.people import Household, LineLink, LinkState, Member, Person
from core.profiles import Municipality, StandingText
from core.resources import ParticipationPlace
from core.shielding import CareMark
from core.towns import (
    Town,
    TownAgency,
    TownArea,
    TownCase,
    TownHousehold,
    TownLetter,
    TownLine,
    TownPerson,
    TownPlace,
    TownProvider,
    TownStaff,
    TownText,
)
from core.wishes import Wishes


@dataclass(frozen=True, kw_only=True, slots=True)
class Founding:
    """A town on its way into the record: whose it is, new ids, and ids by the file's codes."""

    municipality_id: MunicipalityId
    new_id: Callable[[], str]
    areas: dict[str, AreaId] = field(default_factory=dict)
    agencies: dict[str, AgencyId] = field(default_factory=dict)
    staff: dict[str, StaffId] = field(default_factory=dict)
    households: dict[str, HouseholdId] = field(default_factory=dict)
    people: dict[str, PersonId] = field(default_factory=dict)
    cases: dict[str, CaseId] = field(default_factory=dict)

    def municipality(self, town: Town, was: Municipality | None) -> Municipality:
        """The town itself; the kill switch stays as it is."""
        return Municipality(
            id=self.municipality_id,
            code=town.code,
            name=town.name,
            account_name=town.account_name,
            letters=town.letter_rules,
            pushes_stopped=was.pushes_stopped if was else False,
        )

    def area(self, item: TownArea, was: Area | None) -> Area:
        """An area."""
        now = Area(
            id=was.id if was else AreaId(self.new_id()),
            municipality_id=self.municipality_id,
            code=item.code,
            name=item.name,
        )
        self.areas[item.code] = now.id
        return now

    def agency(self, item: TownAgency, was: Agency | None) -> Agency:
        """An agency."""
        now = Agency(
            id=was.id if was else AgencyId(self.new_id()),
            municipality_id=self.municipality_id,
            code=item.code,
            name=item.name,
            kind=item.kind,
            is_municipality=item.is_municipality,
            fields=item.fields,
            area_ids=frozenset(self.areas[area] for area in item.areas),
            window=item.window,
            is_contractor=item.is_contractor,
            contract_since=item.contract_since,
            contract_until=item.contract_until,
            secrecy_basis=item.secrecy_basis,
            takes_emergencies=item.takes_emergencies,
        )
        self.agencies[item.code] = now.id
        return now

    def provider(self, item: TownProvider) -> Provider:
        """Who runs an item of the programme."""
        return Provider(
            municipality_id=self.municipality_id,
            agency_id=self.agencies[item.agency],
            programme=item.programme,
            since=item.since,
            until=item.until,
            outsourced_to=self.agencies[item.outsourced_to] if item.outsourced_to else None,
            site_type=item.site_type,
        )

    def colleague(
        self, item: TownStaff, was: Staff | None, *, over: frozenset[AgencyId] = frozenset()
    ) -> Staff:
        """A member of staff.

        Args:
            over: organisations whose contract is over: their people are not in service (R-080).
        """
        agency_id = self.agencies[item.agency] if item.agency else None
        now = Staff(
            id=was.id if was else StaffId(self.new_id()),
            municipality_id=self.municipality_id,
            code=item.code,
            name=item.name,
            roles=item.roles,
            agency_id=agency_id,
            slack_team_id=item.slack_team_id,
            slack_user_id=item.slack_user_id,
            locale=item.locale,
            active=item.active and agency_id not in over,
            qualifications=item.qualifications,
            pledge=item.pledge,
            tax_officer=item.tax_officer,
            on_call=item.on_call,
            novice=item.novice,
            approves_own=item.approves_own,
        )
        self.staff[item.code] = now.id
        return now

    def household(self, item: TownHousehold, was: Household | None) -> Household:
        """A household; who its members are is told by `with_members`."""
        now = Household(
            id=was.id if was else HouseholdId(self.new_id()),
            municipality_id=self.municipality_id,
            code=item.code,
            label=item.label,
            area_id=self.areas[item.area] if item.area else None,
            members=was.members if was else (),
            livelihood=item.livelihood,
            public_assistance=item.public_assistance,
        )
        self.households[item.code] = now.id
        return now

    def with_members(self, item: TownHousehold, household: Household) -> Household:
        """The household with its members, once all people are known."""
        return replace(
            household,
            members=tuple(
                Member(
                    person_id=self.people[member.person],
                    relation=member.relation,
                    role=member.role,
                )
                for member in item.members
            ),
        )

    def person(self, item: TownPerson, was: Person | None) -> Person:
        """A person at home."""
        now = Person(
            id=was.id if was else PersonId(self.new_id()),
            municipality_id=self.municipality_id,
            code=item.code,
            name=item.name,
            kana=item.kana,
            household_id=self.households[item.household] if item.household else None,
            area_id=self.areas[item.area] if item.area else None,
            birth_date=item.birth_date,
            address=item.address,
            phones=item.phones,
            language_style=item.language_style,
            interests=item.interests,
            do_not_mention=item.do_not_mention,
            # Somebody has said since that others see the phone: a file does not unsay it (G-12).
            shared_device=item.shared_device or (was is not None and was.shared_device),
            is_minor=item.is_minor,
            wakes=item.wakes,
            sleeps=item.sleeps,
            deceased_on=was.deceased_on if was else None,
            about_age=item.about_age,
            sex=item.sex,
            emails=item.emails,
            languages=item.languages,
            key_persons=item.key_persons,
            safe_contact=item.safe_contact,
            safety_flags=item.safety_flags,
            letter_wishes=item.letter_wishes,
        )
        if was is not None and was.wished_at is not None:
            # What the person has told since counts before what the file was written with.
            now = Wishes.of(was).told_by(now, at=was.wished_at)
        self.people[item.code] = now.id
        return now

    def marks(self, item: TownPerson) -> tuple[CareMark, ...]:
        """The marks of special care on a person."""
        return tuple(
            CareMark(
                person_id=self.people[item.code],
                care=mark.care,
                cleared=frozenset(self.staff[code] for code in mark.cleared),
                closes_case=mark.closes_case,
            )
            for mark in item.care
        )

    def place(self, item: TownPlace) -> ParticipationPlace:
        """A place; known again by its code in the file."""
        return ParticipationPlace(
            id=PlaceId(f"town-{item.code}"),
            municipality_id=self.municipality_id,
            kind=item.kind,
            name=item.name,
            host_agency_id=self.agencies[item.host],
            capacity=item.capacity,
            age_mix=item.age_mix,
            conditions=item.conditions,
            widens=item.widens,
            reimburses=item.reimburses,
            assessed_on=item.assessed_on,
            situation=item.situation,
            worries=item.worries,
            opened_on=item.opened_on,
        )

    def case(self, item: TownCase, was: Case | None) -> Case:
        """A case: new as the file has it; a known one keeps its stage and whatever happened."""
        lead = self.staff[item.lead] if item.lead else None
        area = self.areas[item.area] if item.area else None
        now = (
            replace(was, alias=item.alias, lead_staff_id=lead, area_id=area)
            if was
            else Case(
                id=CaseId(self.new_id()),
                municipality_id=self.municipality_id,
                case_no=item.case_no,
                alias=item.alias,
                person_id=self.people[item.person],
                state=item.state,
                opened_on=item.opened_on,
                household_id=self.households[item.household] if item.household else None,
                area_id=area,
                lead_staff_id=lead,
                urgency=item.urgency,
            )
        )
        self.cases[item.alias] = now.id
        return now

    def seats(self, item: TownCase) -> set[Seat]:
        """Who works on a case, in which role."""
        case_id = self.cases[item.alias]
        return {
            Seat(case_id=case_id, staff_id=self.staff[seat.staff], role=seat.role)
            for seat in item.seats
        }

    def link(self, item: TownPerson, line: TownLine) -> tuple[LineLink, ConsentLine]:
        """A LINE account known from before, and the permission that came with it."""
        person_id = self.people[item.code]
        return (
            LineLink(
                id=LinkId(self.new_id()),
                municipality_id=self.municipality_id,
                line_user_id=line.user_id,
                state=LinkState.LINKED,
                person_id=person_id,
                linked_at=line.given_at,
            ),
            ConsentLine(
                id=ConsentId(self.new_id()),
                municipality_id=self.municipality_id,
                subject=person_id,
                scope=LineScope(),
                state=ConsentState.GIVEN,
                giver=Giver(person_id=person_id),
                given_at=line.given_at,
                evidence=NotedEvidence(words=line.evidence),
            ),
        )

    def text(self, item: TownText) -> StandingText:
        """A pre-approved text."""
        return StandingText(
            municipality_id=self.municipality_id,
            name=item.name,
            version=item.version,
            body=item.body,
            author_id=self.staff[item.author],
            approved_by=self.staff[item.approved_by],
            approved_at=item.approved_at,
            use=item.use,
            title=item.title,
            kind=item.kind,
            style=item.style,
        )

    def letter(
        self,
        item: TownLetter,
        case: Case,
        *,
        window: tuple[datetime, datetime],
        key: str,
        at: datetime,
    ) -> Letter:
        """A letter that waits for approval."""
        return Letter(
            id=LetterId(self.new_id()),
            municipality_id=self.municipality_id,
            case_id=case.id,
            person_id=case.person_id,
            kind=item.kind,
            body=item.body,
            author_id=self.staff[item.author],
            opens_at=window[0],
            closes_at=window[1],
            state=LetterState.PENDING_APPROVAL,
            created_at=at,
            command_key=key,
        )
