"""Where a case stands, read from the record itself and said in short words, for the stories."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from core.connect_sheets import ConnectSheet
from core.consent.ledger import ConsentLine
from core.consent.scopes import ServiceScope
from core.ids import CaseId, HouseholdId, PersonId
from core.meetings.sittings import Meeting
from core.people import Person
from core.plans.record import Plan
from core.ports import UnitOfWork, Work


async def standing(uow: UnitOfWork, alias: str) -> dict[str, Any]:
    """Where a case stands.

    Returns:
        `state`, `urgency`, `participation`, `multi_agency`, `link`: codes, None where there is
        none; `lead`: by the code in the town file; `consents`: those in force, `A SERVICE_USE
        outreach`, of the whole household; `asked`: lines that are being explained, or were
        declined, with their state; `plans`: `outreach 1 FINAL`; `items`: `PLAN JUSO HELD`, in the
        order in which they were put; `papers`: `1 tax`, where the facts come from taxation;
        `letters`: how many in which state; `contacts`: how many of which kind, `VISIT absent`;
        `matches`, `referrals`, `gaps`: states; `sheets`: `COMPANION answered`.
    """
    async with uow.read() as work:
        case = await work.cases.by_alias(alias)
        assert case is not None, f"no case {alias}"
        lead = case.lead_staff_id
        people = await _household(work, case.person_id, case.household_id)
        lines = await work.consents.of_people(people)
        participation = await work.courses.participation(case.id)
        multi_agency = await work.courses.multi_agency(case.id)
        link = await work.links.of_person(case.person_id)
        meetings = await work.meetings.of_case(case.id)
        letters = await work.letters.of_case(case.id)
        contacts = await work.contacts.of_case(case.id)
        return {
            "state": case.state.value,
            "lead": lead and (await work.staff.get(lead)).code,
            "urgency": case.urgency.value,
            "participation": None if participation is None else participation.state.value,
            "multi_agency": None if multi_agency is None else multi_agency.state.value,
            "link": None if link is None else link.state.value,
            "consents": {_line(line, people) for line in lines if line.state == "GIVEN"},
            "asked": {
                f"{_line(line, people)} {line.state.value}"
                for line in lines
                if line.state in ("EXPLAINING", "DECLINED_FOR_NOW")
            },
            "plans": sorted(map(_plan, await work.plans.of_case(case.id))),
            "items": [said for meeting in reversed(meetings) for said in _items(meeting, case.id)],
            "papers": [said for meeting in reversed(meetings) for said in _papers(meeting)],
            "letters": dict(Counter(letter.state.value for letter in letters)),
            "contacts": dict(Counter(f"{one.channel} {one.met}" for one in contacts)),
            "matches": [one.state.value for one in await work.resources.matches_of_case(case.id)],
            "referrals": [one.state.value for one in await work.referrals.of_case(case.id)],
            "sheets": [_sheet(one) for one in await work.referrals.sheets_of_case(case.id)],
            "gaps": sorted(one.state.value for one in await work.resources.gaps()),
        }


async def town_standing(uow: UnitOfWork) -> dict[str, Any]:
    """Where the town stands: `queries`, oldest first, as `shakyo>marunet SETTLED`."""
    async with uow.read() as work:
        queries = await work.queries.newest()
    return {
        "queries": [
            f"{one.taken_at_desk}>{one.owner_desk} {one.state.value}" for one in reversed(queries)
        ]
    }


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """What is not as it should be; of `found` only what `wanted` names is looked at."""
    return [
        f"{name}: {found[name]!r}, expected {value!r}"
        for name, value in wanted.items()
        if found[name] != value
    ]


async def _household(
    work: Work, person_id: PersonId, household_id: HouseholdId | None
) -> dict[PersonId, Person]:
    person = await work.people.get(person_id)
    home = household_id or person.household_id
    members: Iterable[Person] = () if home is None else await work.people.members(home)
    return {one.id: one for one in (person, *members)}


def _sheet(sheet: ConnectSheet) -> str:
    stands = "answered" if sheet.reply else "sent" if sheet.sent_on else "written"
    return f"{sheet.step.value} {stands}"


def _line(line: ConsentLine, people: Mapping[PersonId, Person]) -> str:
    scope = line.scope
    programme = f" {scope.programme.value}" if isinstance(scope, ServiceScope) else ""
    return f"{people[line.subject].code} {line.type.value}{programme}"


def _plan(plan: Plan) -> str:
    return f"{plan.programme.value} {plan.edition} {plan.state.value}"


def _papers(meeting: Meeting) -> Iterable[str]:
    for paper in meeting.materials:
        yield f"{paper.number} tax" if paper.tax_derived else str(paper.number)


def _items(meeting: Meeting, case_id: CaseId) -> Iterable[str]:
    for item in meeting.items:
        if item.case_id != case_id:
            continue
        basis = "-" if item.ground is None else item.ground.basis.value
        state = meeting.state.value if item.is_live else item.state.value
        yield f"{item.purpose.value} {basis} {state}"
