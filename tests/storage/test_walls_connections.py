"""What connects people and places holds in the database, even for somebody past the code."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.agencies import Agency, Provider
from core.connect_sheets import ConnectSheet, ConnectStep
from core.ids import AgencyId, ConnectSheetId, GapId, MatchId, PlaceId, ReferralId
from core.ports import Work
from core.programmes import Programme
from core.referrals.record import Referral, ReferralKind
from core.resources import Match, ParticipationPlace, PlaceKind, ResourceGap
from storage.engine import Store
from tests.databases import unit_of_work_on
from tests.people import A12, MIDORI, SATO, TOWN, A

OFFICE = AgencyId("office")


async def _places(work: Work) -> None:
    """A place, a match and a gap."""
    place = ParticipationPlace(
        id=PlaceId("p"),
        municipality_id=MIDORI,
        kind=PlaceKind.SALON,
        name="えんがわ",
        host_agency_id=OFFICE,
    )
    await work.resources.add_place(place)
    await work.resources.add_match(
        Match(
            id=MatchId("m"),
            municipality_id=MIDORI,
            case_id=A12.id,
            person_id=A.id,
            place_id=place.id,
        )
    )
    await work.resources.add_gap(
        ResourceGap(
            id=GapId("g"),
            municipality_id=MIDORI,
            description="夜の居場所",
            found_on=date(2026, 11, 30),
        )
    )


@pytest.fixture
async def written(store: Store) -> AsyncIterator[Store]:
    """One of each."""
    async with unit_of_work_on(store, municipality_id=MIDORI).write() as work:
        await work.towns.put(TOWN)
        await work.staff.put(SATO)
        await work.people.put(A)
        await work.cases.add(A12)
        office = Agency(id=OFFICE, municipality_id=MIDORI, code="office", name="窓口")
        await work.towns.put_agency(office)
        await work.towns.put_provider(
            Provider(municipality_id=MIDORI, agency_id=OFFICE, programme=Programme.OUTREACH)
        )
        await work.referrals.add(
            Referral(
                id=ReferralId("r"),
                municipality_id=MIDORI,
                case_id=A12.id,
                kind=ReferralKind.TO_AGENCY,
                from_agency_id=OFFICE,
                from_staff_id=SATO.id,
                to_agency_id=OFFICE,
                reason="受診",
                summary="眠れない",
            )
        )
        await work.referrals.add_sheet(
            ConnectSheet(
                id=ConnectSheetId("s"),
                municipality_id=MIDORI,
                written_on=date(2026, 11, 30),
                from_agency_id=OFFICE,
                from_staff_id=SATO.id,
                to_agency_id=OFFICE,
                step=ConnectStep.LETTER,
                case_id=A12.id,
            )
        )
        await _places(work)
        await work.commit()
    yield store


@pytest.mark.rule("R-002", "R-064", "R-051", "R-073")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("referrals", "sent_on = '2026-11-30'"),
        ("referrals", "state = 'FORGOTTEN'"),
        ("referrals", "kind = 'TO_NOBODY'"),
        ("referrals", "to_agency_id = 'nowhere'"),
        ("referrals", "case_id = 'nowhere'"),
        ("connect_sheets", "to_agency_id = 'nowhere'"),
        ("connect_sheets", "case_id = 'nowhere'"),
        ("places", "kind = 'PALACE'"),
        ("places", "host_agency_id = 'nowhere'"),
        ("matches", "state = 'STABLE'"),
        ("matches", "state = 'FORCED'"),
        ("matches", "person_id = 'nobody'"),
        ("matches", "place_id = 'nowhere'"),
        ("gaps", "state = 'CLOSED'"),
        ("gaps", "closed_by = 'nowhere'"),
        ("providers", "programme = 'outing'"),
        ("providers", "site_type = 'TENT'"),
        ("providers", "outsourced_to = 'nowhere'"),
        ("providers", "since = '2026-04-01', until = '2026-03-31'"),
    ],
)
async def test_what_is_written_past_the_code_is_refused(
    written: Store, table: str, change: str
) -> None:
    with pytest.raises(IntegrityError):
        async with written.writing() as connection:
            await connection.execute(text(f"UPDATE {table} SET {change}"))
            await connection.commit()


async def test_nothing_personal_of_it_stands_in_the_clear(written: Store) -> None:
    async with written.reading() as connection:
        for table in ("referrals", "connect_sheets", "places", "matches", "gaps"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            assert rows
            assert "眠れない" not in repr(rows) and "夜の居場所" not in repr(rows)
