"""Everybody does anything on one case, through the use cases of every area.

What is refused changes nothing, and no state that can be reached breaks a rule.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bots.line.bubbles import LinePress
from core.cases import CaseState
from core.closing import ReopenReason
from core.courses.participation import ParticipationState
from core.errors import CaseworkError
from core.usecases.courses.reopen_case import reopen_case
from core.usecases.courses.resume_case import resume_case
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import open_store
from tests.core.usecases.office import Office
from tests.core.usecases.watched import WatchedUnitOfWork
from tests.core.usecases.whole_case import WholeCase, found, whole_case
from tests.core.usecases.whole_rules import no_rule_is_broken
from tests.core.usecases.whole_tries import Tries
from tests.databases import unit_of_work_on
from tests.fakes import FakeLine, Phone, SetClock
from tests.people import MONDAY, TANAKA

T = TypeVar("T")
S = CaseState


class Drawn:
    """Numbers of Hypothesis, used up one by one."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.left = list(numbers)

    def among(self, choices: Sequence[T]) -> T:
        """By the next number; the first choice when there are none left."""
        number = self.left.pop(0) if self.left else 0
        return choices[number % len(choices)]


# How far the case is when everybody begins to try things: before consent, and on.
BEGINNINGS: Final = ("", "agrees", "supported", "takes_part", "may_close", "closed")
numbers = st.lists(st.integers(0, 59), min_size=8, max_size=8)


class OneCase(RuleBasedStateMachine):
    """The case, and everybody around it."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="one-case-"))
        file = self.folder / "town.db"
        shutil.copy(self.template, file)
        self.store = open_store(f"sqlite:///{file}", lasting=False)
        self.uow = WatchedUnitOfWork(self.store, file)
        self.hand: WholeCase = self.loop.run(whole_case(self.uow))
        clock, press = SetClock(at=MONDAY), LinePress()
        line, phone = FakeLine(clock=clock), Phone(uow=self.uow, press=press)
        self.office = Office(uow=self.uow, clock=clock, line=line, press=press, a=phone)

    def teardown(self) -> None:
        try:
            assert self.loop.run(verify_trail(self.uow)).broken is None
        finally:
            self.loop.run(self.store.close())
            self.uow.close()
            self.loop.close()
            shutil.rmtree(self.folder)

    @initialize(begins=st.sampled_from(BEGINNINGS))
    def begins(self, begins: str) -> None:
        """At one of the places where much may go wrong."""
        if begins:
            self.loop.run(self.hand.agrees_to_all())
        if begins not in ("", "agrees"):
            self.loop.run(getattr(self.hand, begins)())

    def tries(self, area: str, drawn: list[int]) -> None:
        """One command; a refusal is an answer, anything else is a bug."""
        tries = Tries(hand=self.hand, office=self.office, dice=Drawn(drawn))
        now = self.loop.run(self.hand.stands())
        with suppress(CaseworkError):
            self.loop.run(getattr(tries, area)(now))
        no_rule_is_broken(self.loop.run(self.hand.stands()))

    @rule(drawn=numbers)
    def consents(self, drawn: list[int]) -> None:
        self.tries("consents", drawn)

    @rule(drawn=numbers)
    def plans(self, drawn: list[int]) -> None:
        self.tries("plans", drawn)

    @rule(drawn=numbers)
    def meetings(self, drawn: list[int]) -> None:
        self.tries("meetings", drawn)

    @rule(drawn=numbers)
    def courses(self, drawn: list[int]) -> None:
        self.tries("courses", drawn)

    @rule(drawn=numbers)
    def referrals(self, drawn: list[int]) -> None:
        self.tries("referrals", drawn)

    @rule(drawn=numbers)
    def matches(self, drawn: list[int]) -> None:
        self.tries("matches", drawn)

    @rule(drawn=numbers)
    def letters(self, drawn: list[int]) -> None:
        self.tries("letters", drawn)

    @rule(hours=st.sampled_from([1, 26, 24 * 8]))
    def time_goes_by(self, hours: int) -> None:
        self.hand.pass_by(timedelta(hours=hours))


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with みどり市, its bodies, and A-12 among everybody."""
    path = tmp_path_factory.mktemp("whole") / "town.db"
    shutil.copy(sqlite_template, path)

    async def make() -> None:
        store = open_store(f"sqlite:///{path}")
        await found(unit_of_work_on(store))
        await store.close()

    asyncio.run(make())
    return path


# A profile given on the command line decides; without one, as much as a quick run allows.
DEEP: Final = settings().max_examples > settings.get_profile("default").max_examples
STEPS: Final = settings(
    max_examples=settings().max_examples if DEEP else 20,
    stateful_step_count=60 if DEEP else 25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.rule("R-039", "R-030", "R-069", "C5", "G-06")
def test_whatever_is_done_to_one_case(town: Path) -> None:
    OneCase.template = town
    run_state_machine_as_test(OneCase, settings=STEPS)


@pytest.mark.rule("O6", "O7", "O9", "O10", "O12", "O16", "O17", "R-070")
async def test_with_everybody_willing_the_whole_way_is_open(town: Path, tmp_path: Path) -> None:
    file = tmp_path / "town.db"
    shutil.copy(town, file)
    store = open_store(f"sqlite:///{file}")
    hand = await whole_case(unit_of_work_on(store))
    await hand.agrees_to_all()
    await hand.takes_part()
    await hand.closed()
    now = await hand.stands()
    no_rule_is_broken(now)
    assert now.course.state is S.FOLLOW_UP
    assert now.participation.state is ParticipationState.ASSESSING
    again = await hand.walking.takes(reopen_case, why=ReopenReason.STATE_CHANGED)
    assert again.state is S.REOPENED
    assert (await hand.walking.takes(resume_case, by=TANAKA)).state is S.CONTINUING_SUPPORT
    taken = [row for row in await hand.walking.rows() if row.startswith("O")]
    assert taken == ["O6", "O7", "O9", "O10", "O12", "O16", "O17"]
    no_rule_is_broken(await hand.stands())
    await store.close()
