"""Anything may happen around one person, in any order: what must hold all the same.

Two cases, two approvers, a LINE that loses answers. For longer runs:
    pytest tests/core/usecases/test_one_person.py --hypothesis-profile deep
"""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bots.line.bubbles import LinePress
from core.cases import CaseState
from core.days import SendingHours
from core.errors import CaseworkError
from core.ids import CaseId, LetterId, StaffId
from core.inbound import Followed, Unfollowed
from core.letters import Letter, LetterKind, LetterState
from core.outbox import DeliveryState
from core.replies import Press, ReplyKind
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import open_store
from tests.core.usecases.office import Office
from tests.databases import unit_of_work_on
from tests.fakes import FakeLine, Mishap, Phone, SetClock, Took
from tests.midori import TEXTS, facts_of, found_midori, letter_now
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO

T = TypeVar("T")
HOLIDAYS: Final = frozenset({date(2026, 12, 3), date(2027, 1, 11)})
HOURS: Final = SendingHours(closed_days=HOLIDAYS)
GAP: Final = timedelta(hours=72)
MONTH: Final = timedelta(days=30)
OLDER: Final = CaseId("case-a3")
WITH_REASON: Final = {
    LetterState.HELD,
    LetterState.CANCELLED,
    LetterState.FAILED,
    LetterState.UNREACHABLE,
}
ANSWERS: Final = set(TEXTS.values())
letters = st.integers(0, 30)
approvers = st.sampled_from([SATO.id, TANAKA.id])
cases = st.sampled_from([A12.id, OLDER])
TWISTS: Final = st.sampled_from(
    [None] * 12
    + [
        "rest",
        "stop",
        "block and unblock",
        "contact",
        "word",
        "crash",
        "next letter",
        "next letter",
    ]
)

ON_ITS_WAY: Final = rule(
    case=cases,
    after=st.sampled_from([0, 0, 0, 72, 96, 168, 300]),
    days_open=st.sampled_from([None, 2, 6]),
    before=TWISTS,
    mishap=st.sampled_from([None, None, Mishap.ANSWER_LOST, Mishap.DOWN, Mishap.QUOTA]),
    between=TWISTS,
    waits=st.sampled_from([timedelta(seconds=6), timedelta(hours=2), timedelta(days=1)]),
)


@dataclass(kw_only=True)
class Approval:
    """What somebody approved, as far as it still counts."""

    by: StaffId
    words: str


class OnePerson(RuleBasedStateMachine):
    """A at home, the office, LINE; and beside them what we know must be so."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="one-person-"))
        shutil.copy(self.template, self.folder / "town.db")
        self.store = open_store(f"sqlite:///{self.folder / 'town.db'}")
        uow = unit_of_work_on(self.store)
        clock, press = SetClock(at=MONDAY), LinePress(public_url="https://tayori.example")
        self.office = Office(
            uow=uow,
            clock=clock,
            line=FakeLine(clock=clock),
            press=press,
            a=Phone(uow=uow, press=press),
        )
        self.written: list[LetterId] = []
        self.author: dict[LetterId, StaffId] = {}
        self.paced: dict[LetterId, bool] = {}
        self.approval: dict[LetterId, Approval] = {}
        self.looked_at = 0
        self.linked, self.blocked = True, False
        self.rests_until: datetime | None = None

    def do(self, coroutine: Coroutine[Any, Any, T]) -> T | None:
        """Do it, unless it is refused; a refusal is an answer, anything else is a bug."""
        try:
            return self.loop.run(coroutine)
        except CaseworkError:
            return None

    def teardown(self) -> None:
        try:
            self.whole_at_the_end()
        finally:
            self.loop.run(self.store.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    def letter(self, number: int, *fitting: LetterState) -> Letter:
        """One of those written so far; one that fits, if there is any."""
        found = [self.loop.run(letter_now(self.office.uow, one)) for one in self.written]
        chosen = [one for one in found if one.state in fitting] or found
        return chosen[number % len(chosen)]

    # What staff do.

    @rule(
        case=cases,
        by=st.sampled_from([SUZUKI.id, SATO.id]),
        after=st.sampled_from([0, 1, 20, 24, 71, 72, 96, 200]),
        days_open=st.sampled_from([None, None, 1, 6]),
        kind=st.sampled_from([LetterKind.CHECK_IN] * 3 + [LetterKind.REPLY]),
    )
    def write(
        self, case: CaseId, by: StaffId, after: int, days_open: int | None, kind: LetterKind
    ) -> None:
        opens = self.office.now + timedelta(hours=after)
        letter = self.do(
            self.office.write(
                case_id=case,
                by=by,
                kind=kind,
                body=f"鈴木です。{len(self.written)}番目のたよりです。返事はいりません。",
                opens_at=opens,
                closes_at=None if days_open is None else opens + timedelta(days=days_open),
                closed_days=HOLIDAYS,
            )
        )
        if letter is not None:
            self.written.append(letter.id)
            self.author[letter.id] = by
            self.paced[letter.id] = kind is not LetterKind.REPLY

    @precondition(lambda self: self.written)
    @rule(
        what=st.sampled_from(["approve", "approve stale", "give back", "rewrite", "stop"]),
        number=letters,
        by=approvers,
        after=st.sampled_from([0, 24, 96]),
    )
    def a_letter_is_seen_to(self, what: str, number: int, by: StaffId, after: int) -> None:
        waiting = (LetterState.PENDING_APPROVAL, LetterState.HELD)
        match what:
            case "approve" | "approve stale":
                self.decide(self.letter(number, *waiting), by, what == "approve stale")
            case "give back":
                self.give_back(self.letter(number, *waiting), by)
            case "rewrite":
                self.rewrite(self.letter(number, LetterState.DRAFT), after)
            case "stop":
                self.stop_letter(self.letter(number, LetterState.SCHEDULED))

    def decide(self, letter: Letter, by: StaffId, stale: bool) -> None:
        facts = self.loop.run(facts_of(self.office.uow, letter.case_id))
        done = self.do(self.office.approve(letter, by=by, facts=facts - stale))
        if done is not None:
            assert by != self.author[letter.id]
            assert not stale
            self.approval[letter.id] = Approval(by=by, words=letter.body)

    @rule(
        case=cases,
        after=st.sampled_from([0, 0, 1, 72, 96, 168]),
        days_open=st.sampled_from([None, 2, 6]),
    )
    def write_and_approve(self, case: CaseId, after: int, days_open: int | None) -> None:
        """What the office does most."""
        before = len(self.written)
        self.write(case, SUZUKI.id, after, days_open, LetterKind.CHECK_IN)
        if len(self.written) > before:
            letter = self.loop.run(letter_now(self.office.uow, self.written[-1]))
            self.decide(letter, TANAKA.id, stale=False)

    def give_back(self, letter: Letter, by: StaffId) -> None:
        if self.do(self.office.give_back(letter, by=by)) is not None:
            self.approval.pop(letter.id, None)

    def rewrite(self, letter: Letter, after: int) -> None:
        words = f"{letter.body}も" if len(letter.body) < 80 else letter.body
        self.do(
            self.office.rewrite(
                letter,
                by=letter.author_id,
                body=words,
                opens_at=self.office.now + timedelta(hours=after),
                closed_days=HOLIDAYS,
            )
        )

    def stop_letter(self, letter: Letter) -> None:
        if self.do(self.office.stop(letter)) is not None:
            self.approval.pop(letter.id, None)

    @rule(what=st.sampled_from(["contact", "case rests", "word", "sticker"]), case=cases)
    def something_new(self, what: str, case: CaseId) -> None:
        """A contact, an answer, a case that rests for an hour."""
        match what:
            case "case rests":
                self.case_rests_and_goes_on()
            case "contact":
                assert self.do(self.office.log(case_id=case))
                self.approval.clear()
            case _ if not self.blocked:
                kind = ReplyKind.TEXT if what == "word" else ReplyKind.STICKER
                self.loop.run(self.office.says("はい", kind=kind))
                self.approval.clear()

    def case_rests_and_goes_on(self) -> None:
        self.loop.run(self.office.move_case(CaseState.INTERRUPTION_REVIEW))
        self.loop.run(self.office.deliver(closed_days=HOLIDAYS))
        self.loop.run(self.office.move_case(CaseState.RELATIONSHIP_BUILDING))

    # What A does.

    @rule(what=st.sampled_from([*Press, "block", "block and unblock"]))
    def a_does(self, what: str) -> None:
        """A presses a button, or blocks the account; whoever stopped or blocked comes back."""
        if self.blocked:
            self.block_or_unblock()
        elif not self.linked:
            self.come_back()
        elif isinstance(what, Press):
            self.press(what)
        else:
            self.block_or_unblock()
            if what == "block and unblock":
                self.block_or_unblock()

    def press(self, press: Press) -> None:
        self.loop.run(self.office.presses(press))
        match press:
            case Press.STOP:
                self.linked = False
            case Press.REST:
                self.rests_until = self.office.now + timedelta(days=28)
            case Press.TALK:
                self.approval.clear()

    def come_back(self) -> None:
        code = self.do(
            issue_link_code(self.office.uow, case_id=A12.id, by=SATO.id, at=self.office.now)
        )
        assert code is not None
        self.loop.run(self.office.says(code.code))
        self.linked, self.rests_until = True, None
        self.approval.clear()

    def block_or_unblock(self) -> None:
        self.office.clock.at += timedelta(seconds=1)
        meaning = Followed(unblocked=True) if self.blocked else Unfollowed()
        self.loop.run(self.office.a.does(meaning, at=self.office.now))
        self.blocked = not self.blocked
        if self.blocked:
            self.approval.clear()

    # What time and LINE do.

    @rule(
        passes=st.sampled_from(
            [timedelta(seconds=40), timedelta(minutes=20), timedelta(hours=3)]
            + [timedelta(days=days) for days in (1, 3, 12)]
        )
    )
    def time_passes(self, passes: timedelta) -> None:
        self.office.clock.at += passes

    @rule(mishaps=st.lists(st.sampled_from([None, None, *Mishap]), max_size=4))
    def deliver(self, mishaps: list[Mishap | None]) -> None:
        self.office.line.mishaps.extend(mishaps)
        for _ in range(max(1, len(mishaps))):
            self.loop.run(self.office.deliver(closed_days=HOLIDAYS))
            self.check_what_left()
            self.office.clock.at += timedelta(seconds=30)
        self.office.line.mishaps.clear()

    def goes_its_way(
        self,
        case: CaseId,
        after: int,
        days_open: int | None,
        before: str | None,
        mishap: Mishap | None,
        between: str | None,
        waits: timedelta,
    ) -> None:
        """Written, approved, sent at its time; perhaps something comes between."""
        if self.blocked:
            self.block_or_unblock()
        if not self.linked:
            self.come_back()
        last = [took.at for took in self.office.line.took[-1:]]
        self.office.clock.at = max([self.office.now, *(at + GAP for at in last)])
        self.office.clock.at = HOURS.next_opening(self.office.now, tz=TOKYO).astimezone(UTC)
        written = len(self.written)
        self.write_and_approve(case, after, days_open)
        if len(self.written) == written:
            return
        letter = self.loop.run(letter_now(self.office.uow, self.written[-1]))
        self.twist(before, case)
        self.office.clock.at = max(self.office.now, letter.opens_at)
        self.deliver([mishap])
        self.twist(between, case)
        self.office.clock.at += waits
        self.deliver([])

    # Hypothesis leaves rules out at random; what the office does most has several chances.
    a_letter_goes_its_way = ON_ITS_WAY(goes_its_way)
    another_goes_its_way = ON_ITS_WAY(goes_its_way)
    one_more_goes_its_way = ON_ITS_WAY(goes_its_way)

    def twist(self, what: str | None, case: CaseId) -> None:
        """Something that nobody planned."""
        other = OLDER if case == A12.id else A12.id
        match what:
            case "rest" | "stop" if self.linked and not self.blocked:
                self.press(Press(what))
            case "block and unblock" if not self.blocked:
                self.block_or_unblock()
                self.block_or_unblock()
            case "contact":
                self.something_new("contact", other)
            case "word":
                self.something_new("word", case)
            case "crash":
                self.loop_dies_between_claim_and_record()
            case "next letter":
                self.write_and_approve(other, 72, 2)

    @rule()
    def loop_dies_between_claim_and_record(self) -> None:
        """Claimed, perhaps sent, and never recorded."""
        claims = self.loop.run(self.office.claim(f"dead-{self.office.now}", closed_days=HOLIDAYS))
        for claim in claims[:1]:
            self.loop.run(self.office.line.push(claim.request, retry_key=claim.retry_key))
        self.check_what_left()

    @rule()
    def drop_late(self) -> None:
        self.loop.run(drop_late_letters(self.office.uow, at=self.office.now))

    # What must hold.

    @invariant()
    def check_what_left(self) -> None:
        line = self.office.line
        for took in line.took[self.looked_at :]:
            assert not self.blocked
            if not set(took.texts) <= ANSWERS:
                self.check_letter(took)
        if len(line.took) > self.looked_at:
            self.check_pace()
        self.looked_at = len(line.took)

    def check_letter(self, took: Took) -> None:
        [words] = took.texts
        [letter] = [
            one
            for one in (self.loop.run(letter_now(self.office.uow, i)) for i in self.written)
            if one.body == words
        ]
        approval = self.approval.get(letter.id)
        assert approval is not None, "nobody's approval counted any more"
        assert approval.by != self.author[letter.id]
        assert approval.words == words
        assert HOURS.allow(took.at, tz=TOKYO), "in quiet hours"
        assert letter.opens_at <= took.at < letter.closes_at, "outside of its window"
        assert self.linked, "after a stop"
        assert self.rests_until is None or took.at >= self.rests_until, "within a rest"

    def check_pace(self) -> None:
        sent = [took for took in self.office.line.took if not set(took.texts) <= ANSWERS]
        said = [words for took in sent for words in took.texts]
        assert len(said) == len(set(said)), "one letter twice"
        by_words = {
            one.body: self.paced[one.id]
            for one in (self.loop.run(letter_now(self.office.uow, i)) for i in self.written)
        }
        moments = [took.at for took in sent if by_words[took.texts[0]]]
        for earlier, later in pairwise(moments):
            assert later - earlier >= GAP, "two within 72 hours"
        for first, fourth in zip(moments, moments[3:], strict=False):
            assert fourth - first >= MONTH, "four within 30 days"

    def whole_at_the_end(self) -> None:
        uow = self.office.uow
        assert self.loop.run(verify_trail(uow, page=50)).broken is None
        assert self.loop.run(check_sent(uow)) == ()
        said = {words for took in self.office.line.took for words in took.texts}
        for letter_id in self.written:
            letter = self.loop.run(letter_now(uow, letter_id))
            assert (letter.reason is not None) == (letter.state in WITH_REASON), letter
            on_the_phone = letter.body in said
            if letter.state is LetterState.SENT:
                assert on_the_phone
            elif on_the_phone:
                assert letter.state in {LetterState.SCHEDULED, LetterState.UNREACHABLE}
            if letter.state is LetterState.SCHEDULED:
                delivery = self.loop.run(self.office.delivery(letter_id))
                assert delivery.state in {DeliveryState.READY, DeliveryState.CLAIMED}


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with みどり市, A and both of A's cases."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copy(sqlite_template, path)

    async def found() -> None:
        store = open_store(f"sqlite:///{path}")
        uow = unit_of_work_on(store)
        await found_midori(uow)
        clock, press = SetClock(at=MONDAY), LinePress(public_url="https://tayori.example")
        a = Phone(uow=uow, press=press)
        office = Office(uow=uow, clock=clock, line=FakeLine(clock=clock), press=press, a=a)
        await office.second_case()
        await store.close()

    asyncio.run(found())
    return path


# A profile given on the command line decides; without one, as much as a quick run allows.
DEEP: Final = settings().max_examples > settings.get_profile("default").max_examples
STEPS: Final = settings(
    max_examples=settings().max_examples if DEEP else 70,
    stateful_step_count=40 if DEEP else 15,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.rule("S2")
@pytest.mark.rule("S4")
@pytest.mark.rule("S5")
@pytest.mark.rule("S6")
@pytest.mark.rule("C5")
@pytest.mark.rule("G-03")
@pytest.mark.rule("G-05")
@pytest.mark.rule("G-06")
def test_whatever_happens_around_one_person(town: Path) -> None:
    OnePerson.template = town
    run_state_machine_as_test(OnePerson, settings=STEPS)
