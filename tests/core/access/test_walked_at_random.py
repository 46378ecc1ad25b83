"""Seats, marks and consent changing at random: nobody ever sees more than the rules allow."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.access import Manner, NotYours
from core.agencies import Role, Seat, Staff
from core.errors import CaseworkError
from core.ids import StaffId
from core.permissions import MATRIX, Action
from core.reading import break_glass, open_case
from core.shielding import Care, CareMark, Shielded, clear_for, listed_for, place_mark
from tests.people import A12, MIDORI, MONDAY, A

NAMES = [StaffId(name) for name in ("a", "b", "c")]
STAFF = {
    name: Staff(id=name, municipality_id=MIDORI, code=name, name=name, roles=frozenset(Role))
    for name in NAMES
}
SEATED = [
    Role.OUTREACH_WORKER,
    Role.PARTICIPATION_WORKER,
    Role.INTAKE_WORKER,
    Role.COORDINATOR,
    Role.MEMBER,
]
NAME = st.sampled_from(NAMES)


class ReadingWalks(RuleBasedStateMachine):
    """One case; three colleagues who hold every role on the roll, and seats that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.seats: set[Seat] = set()
        self.marks: dict[Care, CareMark] = {}
        self.consented = False
        self.broken: list[tuple[StaffId, str]] = []

    @rule(name=NAME, role=st.sampled_from(SEATED))
    def seat(self, name: StaffId, role: Role) -> None:
        self.seats.add(Seat(case_id=A12.id, staff_id=name, role=role))

    @rule(name=NAME)
    def leave(self, name: StaffId) -> None:
        self.seats = {seat for seat in self.seats if seat.staff_id != name}

    @rule(given=st.booleans())
    def consent(self, given: bool) -> None:
        self.consented = given

    @rule(
        by=NAME,
        care=st.sampled_from(Care),
        cleared=st.frozensets(NAME, max_size=2),
        closes=st.booleans(),
    )
    def mark(self, by: StaffId, care: Care, cleared: frozenset[StaffId], closes: bool) -> None:
        if care in self.marks:
            return
        asked = CareMark(person_id=A.id, care=care, cleared=cleared, closes_case=closes)
        try:
            made, _ = place_mark(asked, case_id=A12.id, by=by, role="x", at=MONDAY)
        except CaseworkError:
            assert not cleared
            return
        self.marks[care] = made

    @rule(by=NAME, care=st.sampled_from(Care), cleared=st.frozensets(NAME, max_size=3))
    def clear(self, by: StaffId, care: Care, cleared: frozenset[StaffId]) -> None:
        mark = self.marks.get(care)
        if mark is None:
            return
        try:
            changed, _ = clear_for(mark, cleared, case_id=A12.id, by=by, role="x", at=MONDAY)
        except CaseworkError:
            assert by not in mark.cleared or not cleared
            assert self.marks[care] == mark
            return
        assert by in mark.cleared
        self.marks[care] = changed

    @rule(name=NAME, reason=st.sampled_from(["", " ", "夜間の通報"]))
    def break_the_glass(self, name: StaffId, reason: str) -> None:
        try:
            broken = break_glass(
                STAFF[name], case_id=A12.id, reason=reason, at=MONDAY, seats=self.seats
            )
        except CaseworkError:
            return
        assert broken.event.reason.strip()
        assert broken.alert.to == {Role.PRIVACY_OFFICER}
        assert any(
            seat.staff_id == name and seat.role in MATRIX[Action.BREAK_GLASS] for seat in self.seats
        )

    @invariant()
    def every_mark_can_be_seen_by_somebody(self) -> None:
        assert all(mark.cleared for mark in self.marks.values())

    @invariant()
    def nobody_reads_more_than_seat_consent_and_marks_allow(self) -> None:
        marks = tuple(self.marks.values())
        for name in NAMES:
            held = {seat.role for seat in self.seats if seat.staff_id == name}
            try:
                reading = open_case(
                    STAFF[name],
                    case_id=A12.id,
                    at=MONDAY,
                    consented=self.consented,
                    seats=self.seats,
                    marks=marks,
                )
            except Shielded:
                assert not listed_for(marks, staff_id=name)
                continue
            except NotYours:
                raise AssertionError("the privacy officer at least sees the trail") from None
            assert all(name in mark.cleared for mark in reading.marks)
            if reading.passed.manner is Manner.TRAIL_ONLY:
                continue
            assert listed_for(marks, staff_id=name)
            assert reading.passed.role in held
            if held <= {Role.PARTICIPATION_WORKER, Role.MEMBER}:
                assert self.consented


TestReadingWalks = ReadingWalks.TestCase
TestReadingWalks.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
