"""The table of DOMAIN §3.7, cell by cell, and the door that goes by it."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import Action, Hold, ItemSeat, Manner, NotYours, Pass, may, require
from core.agencies import Role, Seat, Staff
from core.ids import CaseId, MunicipalityId, StaffId
from core.permissions import MATRIX, Grant
from core.programmes import Programme

HERE = CaseId("case-a")
ELSEWHERE = CaseId("case-b")
ITEM = "item-1"

# The columns of the paper, and its lines in shorthand. Where: ● at large, c on the case, i on the
# item. How: nothing is all of it, a letter after it limits (see HOW).
COLUMNS: Final = (
    Role.OUTREACH_WORKER,
    Role.PARTICIPATION_WORKER,
    Role.INTAKE_WORKER,
    Role.COORDINATOR,
    Role.MESSAGE_APPROVER,
    Role.MUNICIPAL_OFFICER,
    Role.SECRETARIAT,
    Role.CHAIR,
    Role.MEMBER,
    Role.TEMPORARY_MEMBER,
    Role.PRIVACY_OFFICER,
    Role.SYSTEM,
)
LINES: Final = {
    Action.CREATE_CASE: "●  ●  ●  ●  c  ●  -  -  c  -  -  -",
    Action.LOG_CONTACT: "●  ●  ●  ●  c  ●  -  -  c  -  -  -",
    Action.READ_PRE_CONSENT_CASE: "c  -  cs c  c  c  ia ii ii ii ●t -",
    Action.READ_TAX_DERIVED: "-  -  -  -  -  ch -  -  -  -  ●t -",
    Action.RECORD_CONSENT: "c  c  c  c  c  c  -  -  -  -  -  ●b",
    Action.DRAFT_PLAN: "co cp -  cm -  -  -  -  -  -  -  -",
    Action.APPROVE_PLAN: "-  -  -  -  -  iv -  ●m iv iv -  -",
    Action.DECIDE_SUPPORT: "-  -  -  -  -  ●  -  -  -  -  -  -",
    Action.APPROVE_LETTER: "-  -  -  -  c  -  -  -  -  -  -  -",
    Action.SEND_LETTER: "-  -  -  -  -  -  -  -  -  -  -  ●A",
    Action.CLOSE_CASE: "cP cP -  cP -  iv ir ●m iv iv -  -",
    Action.BREAK_GLASS: "cR cR cR cR -  cR -  -  -  -  ●V -",
    Action.EXPORT_STATISTICS: "●w ●w ●w ●  -  ●  -  -  -  -  ●  -",
}
WHERE: Final = {"●": Hold.AT_LARGE, "c": Hold.ON_CASE, "i": Hold.ON_ITEM}
HOW: Final = {
    "s": Manner.SOURCE_PART,
    "a": Manner.AGENDA_ONLY,
    "i": Manner.ITEM_ONLY,
    "t": Manner.TRAIL_ONLY,
    "h": Manner.HOLDER_ONLY,
    "b": Manner.BY_PERSONS_ACT,
    "v": Manner.VOTE,
    "A": Manner.APPROVED_ONLY,
    "P": Manner.PROPOSE,
    "r": Manner.RECORD,
    "R": Manner.WITH_REASON,
    "V": Manner.REVIEW,
    "w": Manner.OWN_FIGURES,
}
PLANS: Final = {
    "co": Programme.OUTREACH,
    "cp": Programme.PARTICIPATION,
    "cm": Programme.MULTI_AGENCY,
}


def cell(text: str) -> Grant | None:
    if text == "-":
        return None
    if text in PLANS:
        return Grant(hold=Hold.ON_CASE, programme=PLANS[text])
    if text == "●m":
        return Grant(hold=Hold.AT_LARGE, manner=Manner.WITH_MEMBERS)
    return Grant(hold=WHERE[text[0]], manner=HOW[text[1]] if text[1:] else Manner.FULL)


PAPER = [
    (action, role, cell(text))
    for action, line in LINES.items()
    for role, text in zip(COLUMNS, line.split(), strict=True)
]


def one(role: Role, *, case: bool = False, item: bool = False) -> dict[str, object]:
    """Somebody with one role: on the roll only, or seated as well."""
    staff = Staff(
        id=StaffId("s-1"),
        municipality_id=MunicipalityId("m"),
        code="s",
        name="s",
        roles=frozenset({role}),
    )
    seat = Seat(case_id=HERE, staff_id=staff.id, role=role)
    place = ItemSeat(item_id=ITEM, case_id=HERE, staff_id=staff.id, role=role)
    return {
        "staff": staff,
        "case_id": HERE,
        "seats": (seat,) if case else (),
        "item_id": ITEM,
        "item_seats": (place,) if item else (),
    }


def opened(action: Action, role: Role, grant: Grant | None, **seated: bool) -> Pass | None:
    who = one(role, **seated)
    try:
        return require(action=action, programme=grant and grant.programme, **who)  # type: ignore[arg-type]
    except NotYours:
        return None


@pytest.mark.rule("DOMAIN-3.7")
@pytest.mark.parametrize(
    ("action", "role", "grant"), PAPER, ids=lambda value: getattr(value, "value", "")
)
def test_each_cell_of_the_paper_is_the_cell_of_the_door(
    action: Action, role: Role, grant: Grant | None
) -> None:
    assert MATRIX[action].get(role) == grant
    if role is Role.SECRETARIAT:
        assert MATRIX[action].get(Role.CLERK) == grant


@pytest.mark.rule("DOMAIN-3.7")
@pytest.mark.parametrize(
    ("action", "role", "grant"),
    [(action, role, grant) for action, line in MATRIX.items() for role, grant in line.items()],
    ids=lambda value: getattr(value, "value", ""),
)
def test_a_role_opens_the_door_where_its_cell_says_and_nowhere_else(
    action: Action, role: Role, grant: Grant
) -> None:
    if role is Role.SYSTEM:
        assert opened(action, role, grant, case=True, item=True) is None
        return
    expected = Pass(role=role, manner=grant.manner, hold=grant.hold)
    at_large = expected if grant.hold is Hold.AT_LARGE else None
    assert opened(action, role, grant) == at_large
    on_case = expected if grant.hold is Hold.ON_CASE else at_large
    assert opened(action, role, grant, case=True) == on_case
    on_item = expected if grant.hold is Hold.ON_ITEM else at_large
    assert opened(action, role, grant, item=True) == on_item


@pytest.mark.rule("DOMAIN-3.7")
def test_every_action_has_a_line_and_no_line_is_empty() -> None:
    assert set(MATRIX) == set(Action)
    assert all(MATRIX.values())


@pytest.mark.rule("DOMAIN-3.7")
@given(st.sampled_from(Action), st.sampled_from(Role), st.booleans(), st.booleans())
def test_a_seat_elsewhere_opens_nothing_here(
    action: Action, role: Role, case: bool, item: bool
) -> None:
    who = one(role, case=case, item=item)
    moved = {
        **who,
        "seats": [replace(seat, case_id=ELSEWHERE) for seat in who["seats"]],  # type: ignore
        "item_seats": [replace(place, item_id="item-2") for place in who["item_seats"]],  # type: ignore
    }
    bare = one(role)
    assert may(action=action, **moved) == may(action=action, **bare)  # type: ignore[arg-type]


@pytest.mark.rule("DOMAIN-3.7")
def test_a_refusal_names_the_roles_that_may() -> None:
    with pytest.raises(NotYours) as refused:
        require(action=Action.DECIDE_SUPPORT, **one(Role.COORDINATOR))  # type: ignore[arg-type]
    assert refused.value.facts["allowed"] == "municipal_officer"


@pytest.mark.rule("DOMAIN-3.7")
def test_a_plan_is_drafted_by_the_programme_s_own_staff_only() -> None:
    worker = one(Role.OUTREACH_WORKER, case=True)
    drafted = {
        programme: may(action=Action.DRAFT_PLAN, programme=programme, **worker)  # type: ignore[arg-type]
        for programme in (None, *Programme)
    }
    assert [programme for programme, open_ in drafted.items() if open_] == [Programme.OUTREACH]


@pytest.mark.rule("DOMAIN-3.7")
def test_the_way_that_reaches_furthest_is_taken() -> None:
    who = one(Role.INTAKE_WORKER, case=True)
    staff = who["staff"]
    assert isinstance(staff, Staff)
    seats = [
        Seat(case_id=HERE, staff_id=staff.id, role=Role.INTAKE_WORKER),
        Seat(case_id=HERE, staff_id=staff.id, role=Role.COORDINATOR),
    ]
    passed = require(staff, Action.READ_PRE_CONSENT_CASE, case_id=HERE, seats=seats)
    assert (passed.role, passed.manner) == (Role.COORDINATOR, Manner.FULL)


@pytest.mark.rule("DOMAIN-3.7")
def test_the_product_decides_nothing_that_is_for_people() -> None:
    mine = {action for action in Action if Role.SYSTEM in MATRIX[action]}
    assert mine == {Action.RECORD_CONSENT, Action.SEND_LETTER}
    assert MATRIX[Action.SEND_LETTER][Role.SYSTEM].manner is Manner.APPROVED_ONLY
    assert MATRIX[Action.RECORD_CONSENT][Role.SYSTEM].manner is Manner.BY_PERSONS_ACT
