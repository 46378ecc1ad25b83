"""How much of a case opens for whom, before and after consent; marks of care; broken glass."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import ItemSeat, Manner, NotActive, NotYours
from core.agencies import Role, Seat, Staff
from core.reading import (
    NotTheHolder,
    Reading,
    ReasonNeeded,
    break_glass,
    open_case,
    open_tax_fact,
)
from core.shielding import (
    Care,
    CareMark,
    NobodyCleared,
    NotCleared,
    Shielded,
    clear_for,
    listed_for,
    place_mark,
)
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, A


def somebody(role: Role, *, name: str = "somebody") -> Staff:
    return Staff(
        id=f"staff-{name}",  # type: ignore[arg-type]
        municipality_id=MIDORI,
        code=name,
        name=name,
        roles=frozenset({role}),
    )


def seat(staff: Staff) -> Seat:
    return Seat(case_id=A12.id, staff_id=staff.id, role=min(staff.roles))


def opened_by(role: Role, *, consented: bool, marks: tuple[CareMark, ...] = ()) -> Reading:
    staff = somebody(role)
    place = ItemSeat(item_id="item-1", case_id=A12.id, staff_id=staff.id, role=role)
    return open_case(
        staff,
        case_id=A12.id,
        at=MONDAY,
        consented=consented,
        seats=[seat(staff)],
        item_id="item-1",
        item_seats=[place],
        marks=marks,
    )


OF_ABUSE = CareMark(person_id=A.id, care=Care.ABUSE, cleared=frozenset({SATO.id}))
CLOSED = replace(OF_ABUSE, care=Care.STALKING, closes_case=True)
SATO_SEAT = Seat(case_id=A12.id, staff_id=SATO.id, role=Role.OUTREACH_WORKER)
TANAKA_SEAT = Seat(case_id=A12.id, staff_id=TANAKA.id, role=Role.COORDINATOR)


@pytest.mark.rule("R-013")
def test_multi_agency_staff_read_a_case_before_consent_when_they_are_seated_on_it() -> None:
    assert opened_by(Role.COORDINATOR, consented=False).passed.manner is Manner.FULL
    with pytest.raises(NotYours):
        open_case(somebody(Role.COORDINATOR), case_id=A12.id, at=MONDAY, consented=False)


@pytest.mark.rule("DOMAIN-3.7")
def test_participation_staff_join_in_after_consent_only() -> None:
    with pytest.raises(NotYours):
        opened_by(Role.PARTICIPATION_WORKER, consented=False)
    assert opened_by(Role.PARTICIPATION_WORKER, consented=True).passed.manner is Manner.FULL


@pytest.mark.rule("R-082")
@pytest.mark.parametrize(
    ("role", "manner"),
    [
        (Role.MEMBER, Manner.ITEM_ONLY),
        (Role.CHAIR, Manner.ITEM_ONLY),
        (Role.TEMPORARY_MEMBER, Manner.ITEM_ONLY),
        (Role.CLERK, Manner.AGENDA_ONLY),
        (Role.SECRETARIAT, Manner.AGENDA_ONLY),
    ],
)
def test_at_the_table_one_sees_the_item_and_never_the_case(role: Role, manner: Manner) -> None:
    assert opened_by(role, consented=False).passed.manner is manner
    staff = somebody(role)
    other = ItemSeat(item_id="item-2", case_id=A12.id, staff_id=staff.id, role=role)
    with pytest.raises(NotYours):
        open_case(
            staff,
            case_id=A12.id,
            at=MONDAY,
            consented=False,
            item_id="item-1",
            item_seats=[other],
        )


@pytest.mark.rule("DOMAIN-9")
def test_who_opened_a_case_is_recorded_with_role_and_extent() -> None:
    event = opened_by(Role.INTAKE_WORKER, consented=False).event
    assert (event.action, event.actor, event.role) == (
        "case.opened",
        "staff-somebody",
        Role.INTAKE_WORKER,
    )
    assert event.evidence == ("manner=source_part",)


@pytest.mark.rule("R-015")
def test_a_mark_is_seen_by_those_named_on_it_and_its_number_by_nobody_else() -> None:
    marks = (OF_ABUSE,)
    for staff, place, seen in [(SATO, SATO_SEAT, marks), (TANAKA, TANAKA_SEAT, ())]:
        reading = open_case(
            staff, case_id=A12.id, at=MONDAY, consented=False, seats=[place], marks=marks
        )
        assert reading.marks == seen


@pytest.mark.rule("R-015")
def test_a_closed_case_opens_for_those_named_only_and_shows_in_no_other_list() -> None:
    named = open_case(
        SATO, case_id=A12.id, at=MONDAY, consented=True, seats=[SATO_SEAT], marks=[CLOSED]
    )
    assert named.marks == (CLOSED,)
    with pytest.raises(Shielded) as refused:
        open_case(
            TANAKA, case_id=A12.id, at=MONDAY, consented=True, seats=[TANAKA_SEAT], marks=[CLOSED]
        )
    assert refused.value.facts == {"allowed": "break_glass"}
    assert listed_for([CLOSED], staff_id=SATO.id)
    assert not listed_for([OF_ABUSE, CLOSED], staff_id=TANAKA.id)


@pytest.mark.rule("R-015")
@given(role=st.sampled_from(Role), consented=st.booleans())
def test_nobody_unnamed_sees_anything_of_a_closed_case_but_its_trail(
    role: Role, consented: bool
) -> None:
    try:
        reading = opened_by(role, consented=consented, marks=(CLOSED,))
    except (NotYours, Shielded):
        return
    assert reading.passed.manner is Manner.TRAIL_ONLY
    assert reading.marks == ()


@pytest.mark.rule("R-015")
def test_a_seat_on_the_mark_is_given_by_those_named_and_the_trail_does_not_say_which_care() -> None:
    _, placed = place_mark(CLOSED, case_id=A12.id, by=SATO.id, role=Role.OUTREACH_WORKER, at=MONDAY)
    assert "stalking" not in str(placed)
    with pytest.raises(NotCleared):
        clear_for(
            CLOSED,
            frozenset({TANAKA.id}),
            case_id=A12.id,
            by=TANAKA.id,
            role=Role.COORDINATOR,
            at=MONDAY,
        )
    wider, event = clear_for(
        CLOSED,
        CLOSED.cleared | {TANAKA.id},
        case_id=A12.id,
        by=SATO.id,
        role=Role.OUTREACH_WORKER,
        at=MONDAY,
    )
    assert listed_for([wider], staff_id=TANAKA.id)
    assert event.evidence == ("cleared=staff-sato", "cleared=staff-tanaka")
    with pytest.raises(NobodyCleared):
        clear_for(
            CLOSED,
            frozenset(),
            case_id=A12.id,
            by=SATO.id,
            role=Role.OUTREACH_WORKER,
            at=MONDAY,
        )


@pytest.mark.rule("R-043")
def test_a_tax_fact_opens_for_the_officer_who_holds_it() -> None:
    holder, other = (somebody(Role.MUNICIPAL_OFFICER, name=name) for name in ("tax", "welfare"))
    for officer in (holder, other):
        seats = [seat(officer)]
        if officer is holder:
            opened = open_tax_fact(
                officer, case_id=A12.id, holder_id=holder.id, at=MONDAY, seats=seats
            )
            assert opened.event.action == "tax_fact.opened"
        else:
            with pytest.raises(NotTheHolder):
                open_tax_fact(officer, case_id=A12.id, holder_id=holder.id, at=MONDAY, seats=seats)
    with pytest.raises(NotYours):
        open_tax_fact(TANAKA, case_id=A12.id, holder_id=TANAKA.id, at=MONDAY, seats=[TANAKA_SEAT])


@pytest.mark.rule("DOMAIN-3.7")
def test_broken_glass_needs_a_reason_opens_for_an_hour_and_tells_the_privacy_officer() -> None:
    with pytest.raises(ReasonNeeded):
        break_glass(TANAKA, case_id=A12.id, reason=" 　", at=MONDAY, seats=[TANAKA_SEAT])
    broken = break_glass(
        TANAKA, case_id=A12.id, reason="夜間の通報", at=MONDAY, seats=[TANAKA_SEAT]
    )
    assert broken.until == MONDAY + timedelta(hours=1)
    assert (broken.event.action, broken.event.reason) == ("case.glass_broken", "夜間の通報")
    assert broken.alert.to == {Role.PRIVACY_OFFICER}
    assert "夜間" not in str(broken.alert)


@pytest.mark.rule("DOMAIN-3.7")
def test_glass_is_broken_by_no_reviewer_no_stranger_and_nobody_who_left() -> None:
    reviewer = somebody(Role.PRIVACY_OFFICER)
    with pytest.raises(NotYours):
        break_glass(reviewer, case_id=A12.id, reason="理由", at=MONDAY)
    with pytest.raises(NotYours):
        break_glass(SUZUKI, case_id=A12.id, reason="理由", at=MONDAY)
    with pytest.raises(NotActive):
        break_glass(
            replace(TANAKA, active=False),
            case_id=A12.id,
            reason="理由",
            at=MONDAY,
            seats=[TANAKA_SEAT],
        )
