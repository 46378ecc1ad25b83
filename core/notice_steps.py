"""Steps around notices to many that several use cases take inside their own open transaction."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Final

from core.access import NotActive
from core.agencies import Role, Staff
from core.cases import WRITABLE, Case
from core.consent import ConsentState, ConsentType
from core.consent.scopes import lets
from core.days import NeverOpen, local_day
from core.ids import PersonId, StaffId
from core.letter_window import fitting_window
from core.letters import Letter, LetterKind, LetterState, WindowUnfit
from core.lint import MinorsNotWrittenTo, Proofreader, blocking, require_of_age
from core.notices import Notice, NoticeMode, NotThisWay, approving_role
from core.outbox import CardKind
from core.pace import earliest_fit
from core.people import Person
from core.ports import Work
from core.profiles import LetterRules
from core.proofreading import proofread

# Something happened that nobody has read yet: a text for everybody could hurt.
_UNREAD: Final = frozenset({LetterState.HELD})


async def in_service(work: Work, staff_id: StaffId) -> Staff:
    """Raises: NotFound, NotActive."""
    staff = await work.staff.get(staff_id)
    if not staff.active:
        raise NotActive()
    return staff


async def role_to_approve(work: Work, staff: Staff) -> Role | None:
    """In which role a colleague may approve notices; None where they may not."""
    return approving_role(staff, {one.id: one for one in await work.towns.agencies()})


async def readers(work: Work) -> tuple[StaffId, ...]:
    """Everybody who may approve a notice, and so sees its card."""
    agencies = {one.id: one for one in await work.towns.agencies()}
    return tuple(
        one.id for one in await work.staff.active() if approving_role(one, agencies) is not None
    )


async def cases_for(work: Work, notice: Notice) -> tuple[Case, ...]:
    """Of everybody whom the notice is for the case that their letter goes with: the newest one
    on which people are written to."""
    newest: dict[PersonId, Case] = {}
    for case in await work.cases.all():
        if case.state not in WRITABLE or not notice.is_for(case.area_id):
            continue
        known = newest.get(case.person_id)
        if known is None or (known.opened_on, known.id) < (case.opened_on, case.id):
            newest[case.person_id] = case
    return tuple(newest[person_id] for person_id in sorted(newest))


async def why_not(
    work: Work,
    letter: Letter,
    person: Person,
    *,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date],
) -> NotThisWay | None:
    """Why this person is not written to over LINE; None where the letter may go.

    An occasion overrides nothing of this but the pace, and that only where it says so.
    """
    rules = (await work.towns.get()).letters
    try:
        require_of_age(person, rules=rules)
    except MinorsNotWrittenTo:
        return NotThisWay.MINOR
    return (
        await _channel(work, person, at=max(at, letter.opens_at))
        or await _unread(work, person, letter)
        or _no_hour(letter, person, rules=rules, at=at, tz=tz, closed_days=closed_days)
        or await _too_soon(work, letter, rules=rules, at=at)
        or await _words(work, letter, person, at=at, proof=proof)
    )


async def _channel(work: Work, person: Person, *, at: datetime) -> NotThisWay | None:
    if person.deceased_on is not None:
        return NotThisWay.NO_CONSENT
    consent = await work.consents.current(person.id, ConsentType.CHANNEL_LINE)
    link = await work.links.of_person(person.id)
    if link is None:
        return NotThisWay.NOT_LINKED
    if (
        consent is None
        or consent.state is not ConsentState.GIVEN
        or not lets(consent.scope, LetterKind.NOTICE)
    ):
        return NotThisWay.NO_CONSENT
    if link.paused_until is not None and link.paused_until > at:
        return NotThisWay.RESTING
    ours = link.reachable(at) and link.unconfirmed_since is None
    return None if ours else NotThisWay.NOT_LINKED


async def _unread(work: Work, person: Person, letter: Letter) -> NotThisWay | None:
    unsent = await work.letters.unsent_of_person(person.id)
    held = any(one.state in _UNREAD and one.id != letter.id for one in unsent)
    unread = (
        held
        # Words that came while nothing waited have held nothing, and are unread all the same.
        or await work.replies.waiting([one.id for one in await work.cases.of_person(person.id)])
        or await work.alerts.open_of(person_id=person.id) is not None
    )
    return NotThisWay.NEWS_UNREAD if unread else None


def _no_hour(
    letter: Letter,
    person: Person,
    *,
    rules: LetterRules,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
) -> NotThisWay | None:
    wishes = person.letter_wishes
    if any(days.cover(local_day(max(at, letter.opens_at), tz=tz)) for days in wishes.days_off):
        return NotThisWay.RESTING
    hours = rules.hours(
        wakes=person.wakes, sleeps=person.sleeps, closed_days=closed_days, wishes=wishes
    )
    try:
        fitting_window(letter.opens_at, letter.closes_at, at=at, tz=tz, hours=hours)
    except (WindowUnfit, NeverOpen):
        return NotThisWay.NO_HOUR
    return None


async def _too_soon(
    work: Work, letter: Letter, *, rules: LetterRules, at: datetime
) -> NotThisWay | None:
    if letter.passes_pace:
        return None
    pace = await work.letters.pace(letter.person_id, at=at, but=letter.id)
    opens_at = max(letter.opens_at, at)
    fits = earliest_fit(
        opens_at, others=pace.moments, gap=rules.gap, most_in_30_days=rules.most_in_30_days
    )
    return None if fits == opens_at else NotThisWay.TOO_SOON


async def _words(
    work: Work, letter: Letter, person: Person, *, at: datetime, proof: Proofreader
) -> NotThisWay | None:
    against = blocking(await proofread(work, letter, at=at, proof=proof))
    if not against:
        return None
    return NotThisWay.SHARED_DEVICE if person.shared_device else NotThisWay.WORDS


def passes_pace(notice: Notice) -> bool:
    """Whether its letters let the distance to others give way."""
    return notice.mode is NoticeMode.PASSES_PACE


async def show_card(
    work: Work, notice: Notice, concerned: Iterable[StaffId], *, at: datetime
) -> None:
    """The one card of a notice, for its author and whoever may approve it."""
    await work.cards.redraw((notice.id,), at=at)
    await work.cards.touch(
        CardKind.NOTICE, notice.id, tuple(dict.fromkeys((notice.author_id, *concerned))), at=at
    )
