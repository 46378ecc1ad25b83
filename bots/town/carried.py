"""What has to hold of what a town brings along from before the product."""

from collections.abc import Iterator
from datetime import date

from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.town.parts import Parts
from bots.town.problems import Found
from bots.town.schema import CaseEntry
from core.cases import CaseState
from core.programmes import Programme

_CLOSED = frozenset({CaseState.CLOSED, CaseState.FOLLOW_UP})
_OF_NO_OUTREACH = frozenset({CaseState.RECEIVED, CaseState.CLOSED})


def carried(parts: Parts, *, today: date) -> Iterator[Found]:
    """Everything in closed cases, programmes and sittings that cannot have been so."""
    for place, case in parts.cases.items():
        for field, sentence in _of_case(case, today):
            yield Found(("cases", place, field), sentence)
    bodies = _bodies(parts)
    for place, sitting in parts.sittings.items():
        if sitting.on > today:
            yield Found(("sittings", place, "on"), "a sitting that was held lies before today")
        if bodies is None:
            sentence = "bodies are those of the profile; name one under town: profile"
            yield Found(("sittings", place, "body"), sentence)
        elif bodies and sitting.body not in bodies:
            sentence = f'the profile has no body "{sitting.body}"; it has {", ".join(bodies)}'
            yield Found(("sittings", place, "body"), sentence)


def _of_case(case: CaseEntry, today: date) -> Iterator[tuple[str, str]]:
    if case.plan_less and case.programmes:
        yield "plan_less", "a case that uses a programme has a plan; leave one of the two out"
    elsewhere = case.programmes and Programme.OUTREACH not in case.programmes
    if elsewhere and case.state not in _OF_NO_OUTREACH:
        yield "state", f"{case.state.value} is a stage of outreach; add it under programmes"
    if case.closed_on is None:
        return
    if case.state not in _CLOSED:
        yield "closed_on", f"a closed case stands at {' or '.join(sorted(_CLOSED))}"
    if not case.programmes:
        yield "closed_on", "say under programmes what was closed"
    if not case.opened_on <= case.closed_on <= today:
        yield "closed_on", "lies between opened_on and today"


def _bodies(parts: Parts) -> tuple[str, ...] | None:
    """The codes of the profile's bodies; empty where it cannot be read, which others say."""
    if parts.head is None or parts.head.profile is None:
        return None
    try:
        return tuple(body.code for body in resolve_profile(parts.head.profile).bodies)
    except ProfileWrong:
        return ()
