"""The municipal examples of DOMAIN §5 about handing on, in each town's own way."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bots.profiles.reader import read_profile
from core.agencies import Agency
from core.connect_sheets import ConnectSheet, ConnectStep
from core.fields import Field
from core.ids import AgencyId
from core.municipal_profiles.profile import Circumstance
from core.municipal_profiles.routing import connect_step, lead_after, route
from core.ports import UnitOfWork
from core.referrals.record import HandbackPurpose, ReferralKind, ReferralState
from core.reminders import ReminderKind
from core.usecases.desk.show_desk import show_desk
from core.usecases.referrals.note_news_owed import note_news_owed
from core.usecases.referrals.return_sheet import return_sheet
from core.usecases.referrals.send_sheet import send_sheet
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import YAMADA, Sides, settle
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TOKYO


@pytest.fixture
async def sides(unit_of_work: SqlUnitOfWork) -> Sides:
    """A with the case A-12; 鈴木 and 佐藤 of the source, 田中 and 山田 of the receiver."""
    await found_midori(unit_of_work)
    await settle(unit_of_work)
    return Sides(uow=unit_of_work)


async def called(uow: UnitOfWork, name: str) -> AgencyId:
    """An organisation of this name."""
    agency_id = AgencyId(f"agency-{name}")
    async with uow.write() as work:
        await work.towns.put_agency(
            Agency(id=agency_id, municipality_id=MIDORI, code=name, name=name)
        )
        await work.commit()
    return agency_id


async def moved_to(sides: Sides, agency_id: AgencyId) -> None:
    """山田 works there from now on."""
    async with sides.uow.write() as work:
        await work.staff.put(replace(YAMADA, agency_id=agency_id))
        await work.commit()


@pytest.mark.rule("MA-7", "R-010")
async def test_toyota_takes_abuse_to_the_head_office_and_leads_by_the_field_afterwards(
    sides: Sides,
) -> None:
    profile = read_profile("toyota")
    abuse = route(profile, frozenset({Circumstance.ABUSE}))
    usual = route(profile, frozenset())
    assert abuse is not None and usual is not None
    head_office = await called(sides.uow, abuse.to)
    await moved_to(sides, head_office)
    taken = await sides.accepted(
        await sides.received(
            await sides.sent(
                await sides.answered(
                    await sides.explained(
                        await sides.drafted(
                            kind=ReferralKind.TO_AGENCY, to_agency_id=head_office, reason="虐待"
                        )
                    )
                )
            )
        )
    )
    assert (taken.to_agency_id, taken.state) == (head_office, ReferralState.ACCEPTED)
    assert (usual.to, "プランづくり" in usual.does) == ("コミュニティセンターのCSW", True)
    # Once the structure stands, an elder-centred case is led by 地域包括.
    leads = lead_after(profile, Field.ELDER)
    assert leads == "地域包括支援センター"
    elders = await called(sides.uow, leads)
    await moved_to(sides, elders)
    handed_over = await sides.drafted(
        kind=ReferralKind.HANDBACK,
        to_agency_id=elders,
        reason="支える体制ができた",
        purpose=HandbackPurpose.LEAD_AT_SOURCE,
    )
    led = await sides.done(
        await sides.told(
            await sides.connected(
                await sides.accepted(
                    await sides.received(
                        await sides.sent(await sides.answered(await sides.explained(handed_over)))
                    )
                )
            )
        )
    )
    assert (led.to_agency_id, led.state) == (elders, ReferralState.DONE)


async def _waiting(sides: Sides, at: datetime) -> list[ReminderKind]:
    desk = await show_desk(sides.uow, staff_id=SUZUKI.id, day_ends=at.astimezone(TOKYO))
    return [one.kind for one in desk.reminders]


@pytest.mark.rule("MA-9", "R-014")
async def test_adachi_goes_along_from_two_hits_and_the_sender_sees_what_came_of_it(
    sides: Sides,
) -> None:
    profile = read_profile("adachi")
    assert profile.connect is not None and profile.connect.sheet == "つなぐシート"
    noticed = ("眠れない", "食べていない")
    step = connect_step(profile.connect, hits=len(noticed))
    assert step is ConnectStep.COMPANION
    sheet: ConnectSheet = await sides.sheet(step=step, companion_id=SATO.id)
    due, at = date(2026, 12, 7), {"by": SUZUKI.id, "at": MONDAY, "tz": TOKYO}
    asked: dict[str, Any] = {"sheet_id": sheet.id, "version": 1, "reply_due_on": due, **at}
    sent = await send_sheet(sides.uow, **asked)

    late = MONDAY + timedelta(days=8)
    assert await note_news_owed(sides.uow, at=late, tz=TOKYO) == 1
    assert await _waiting(sides, late) == [ReminderKind.SHEET_UNANSWERED]

    async with sides.uow.read() as work:
        now = await work.referrals.sheet(sent.id)
    back = await return_sheet(
        sides.uow,
        sheet_id=now.id,
        version=now.version,
        received_by="相談員",
        received_on=None,
        result="通うことになった",
        by=SATO.id,
        at=late,
        tz=TOKYO,
    )
    assert back.reply is not None
    assert await _waiting(sides, late) == []
    async with sides.uow.read() as work:
        (seen,) = await work.referrals.sheets_of_case(A12.id)
    assert seen.reply is not None and seen.reply.result == "通うことになった"
