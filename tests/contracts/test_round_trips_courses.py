"""Wherever a case stands in whichever programme, and whatever is laid over it, it comes back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.cases import CaseState
from core.closing import PostClosing
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation, ParticipationState
from core.courses.steps import Course
from core.emergency import Emergency
from core.ports import UnitOfWork
from core.programmes import Programme
from tests.people import A12, MIDORI, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# PostgreSQL has no NUL in text; lone surrogates are not text.
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=10)
moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
KNOWN: Mapping[str, Any] = {
    "municipality_id": st.just(MIDORI),
    "case_id": st.just(A12.id),
    "person_id": st.just(A.id),
    "version": st.integers(1, 1000),
}


def any_of(kind: type[Any], **known: Any) -> Any:
    """A record of this kind, every field of it filled at will."""
    hints = get_type_hints(kind)
    given_here = {**KNOWN, **known}
    return st.builds(
        kind,
        **{one.name: given_here.get(one.name, _of(hints[one.name])) for one in fields(kind)},
    )


def _of(hint: Any) -> Any:
    """A value of a field; text and moments as every database takes them."""
    if hint is str or getattr(hint, "__supertype__", None) is str:
        return words
    if hint is datetime:
        return moments
    if isinstance(hint, type) and is_dataclass(hint):
        return any_of(hint)
    arguments = getattr(hint, "__args__", ())
    if not arguments:
        return st.from_type(hint)
    inner = [_of(one) for one in arguments if one not in (type(None), ...)]
    match getattr(hint, "__origin__", None):
        case kind if kind is tuple:
            return st.lists(inner[0], max_size=3).map(tuple)
        case kind if kind is frozenset:
            return st.frozensets(inner[0], max_size=3)
    return st.one_of(*([st.none()] if type(None) in arguments else []), *inner)


def course_in(states: Any, programme: Programme) -> Any:
    """A course of this programme, anywhere on its way."""
    return any_of(Course, state=st.sampled_from(states), programme=st.just(programme))


outreach = any_of(OutreachCourse, case=st.just(A12))
taking_part = course_in(ParticipationState, Programme.PARTICIPATION)
together = course_in(MultiAgencyState, Programme.MULTI_AGENCY)
emergencies = any_of(Emergency, ended_at=st.none())


@few
@given(course=outreach, later=outreach)
async def test_outreach_stands_around_its_case(
    midori: UnitOfWork, course: OutreachCourse, later: OutreachCourse
) -> None:
    async with midori.write() as work:
        assert await work.courses.outreach(A12) is None
        await work.courses.put_outreach(course)
        assert await work.courses.outreach(A12) == course
        moved = replace(A12, state=CaseState.REOPENED, version=7)
        assert await work.courses.outreach(moved) == replace(course, case=moved)
        await work.courses.put_outreach(later)
        assert await work.courses.outreach(A12) == later


@few
@given(course=taking_part, later=taking_part)
async def test_participation(
    midori: UnitOfWork, course: Participation, later: Participation
) -> None:
    async with midori.write() as work:
        courses = work.courses
        assert await courses.participation(A12.id) is None
        assert await courses.add_participation(course)
        assert not await courses.add_participation(later)
        assert await courses.participation(A12.id) == course
        on = replace(later, version=course.version)
        assert await courses.change_participation(on)
        assert not await courses.change_participation(on)
        assert await courses.participation(A12.id) == replace(on, version=on.version + 1)


@few
@given(course=together, later=together)
async def test_multi_agency(midori: UnitOfWork, course: MultiAgency, later: MultiAgency) -> None:
    async with midori.write() as work:
        courses = work.courses
        assert await courses.multi_agency(A12.id) is None
        assert await courses.add_multi_agency(course)
        assert not await courses.add_multi_agency(later)
        assert await courses.multi_agency(A12.id) == course
        on = replace(later, version=course.version)
        assert await courses.change_multi_agency(on)
        assert not await courses.change_multi_agency(on)
        assert await courses.multi_agency(A12.id) == replace(on, version=on.version + 1)


@few
@given(course=outreach, part=taking_part, post=any_of(PostClosing))
async def test_with_whom_somebody_keeps_in_touch_is_known(
    midori: UnitOfWork, course: OutreachCourse, part: Participation, post: PostClosing
) -> None:
    async with midori.write() as work:
        await work.courses.put_outreach(replace(course, post_closing=post))
        assert await work.courses.kept_in_touch([A12.id]) == {}
        following = replace(A12, state=CaseState.FOLLOW_UP, version=A12.version + 1)
        assert await work.cases.change(following, version=A12.version)
        assert await work.courses.kept_in_touch([A12.id]) == {A12.id: post}
        await work.courses.add_participation(part)
        here = part.state is ParticipationState.KEEP_IN_TOUCH and part.post_closing
        assert await work.courses.kept_in_touch([A12.id]) == {A12.id: here or post}
        assert await work.courses.kept_in_touch([]) == {}


@few
@given(first=emergencies, second=emergencies, shift=st.integers(1, 10**6))
async def test_one_emergency_runs_at_a_time(
    midori: UnitOfWork, first: Emergency, second: Emergency, shift: int
) -> None:
    second = replace(second, raised_at=first.raised_at + timedelta(minutes=shift))
    over = replace(first, ended_at=first.raised_at)
    async with midori.write() as work:
        emergencies = work.emergencies
        assert await emergencies.running(A12.id) is None
        assert await emergencies.add(A12.id, first)
        assert not await emergencies.add(A12.id, second)
        assert await emergencies.running(A12.id) == first
        assert not await emergencies.change(A12.id, second)
        assert await emergencies.change(A12.id, over)
        assert await emergencies.running(A12.id) is None
        assert await emergencies.add(A12.id, second)
        assert await emergencies.of_case(A12.id) == (second, over)
