"""What several use cases of a series do inside their own open transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from core.audit import SYSTEM, AuditEvent
from core.cadence.packs import Anchor, LetterPack
from core.cadence.planning import Part, Planned, Untaken
from core.cases import WRITABLE, Case, CaseResting
from core.ids import LetterId, StaffId
from core.letters import Letter, LetterKind, Reason
from core.lint import require_of_age
from core.outbox import CardKind
from core.ports import Work
from core.series import WORDS_ASKED, Series, SeriesAsks, SeriesState, Told, digest, told
from core.series_plan import Ground, known_anchor, plan_for
from core.steps import Overtaken, approvers, cancel, refresh_desks


async def ground_of(work: Work, case: Case, *, closed_days: frozenset[date]) -> Ground:
    """The person's circumstances, for planning."""
    person = await work.people.get(case.person_id)
    return Ground(
        case=case,
        person=person,
        link=await work.links.of_person(person.id),
        rules=(await work.towns.get()).letters,
        closed_days=closed_days,
    )


def require_writable(ground: Ground) -> None:
    """Refuse a series on a case that rests, or to a minor where the town has not settled it.

    Raises:
        CaseResting: R-022. MinorsNotWrittenTo: G-24.
    """
    if ground.case.state not in WRITABLE:
        raise CaseResting(state=ground.case.state.value)
    require_of_age(ground.person, rules=ground.rules)


async def anchor_day(
    work: Work, ground: Ground, anchor: Anchor, *, since: datetime, tz: tzinfo
) -> date | None:
    """The day from which a series counts, as the record knows it; None while it is to come."""
    contacts = await work.contacts.since(ground.case.id, since=since - timedelta(days=1))
    return known_anchor(ground, anchor, contacts=contacts, since=since, tz=tz)


async def plan_of(
    work: Work,
    ground: Ground,
    pack: LetterPack,
    *,
    anchored_on: date,
    at: datetime,
    tz: tzinfo,
    take_every: int,
) -> tuple[Planned, ...]:
    """The plan of a series from its anchor, among the person's other letters and wishes."""
    pace = await work.letters.pace(ground.person.id, at=at, but=LetterId(""))
    return plan_for(
        ground,
        pack,
        anchored_on=anchored_on,
        at=at,
        tz=tz,
        letters=await work.letters.unsent_of_person(ground.person.id),
        sent=pace.moments,
        take_every=take_every,
    )


async def letters_of(work: Work, series: Series) -> tuple[Told, ...]:
    """Every step with its letter as it stands."""
    ids = [step.letter_id for step in series.steps if step.letter_id is not None]
    return told(series, await work.letters.of_ids(ids))


async def leave_out(
    work: Work,
    series: Series,
    keys: Iterable[str],
    why: Untaken,
    *,
    at: datetime,
    by: StaffId | None = None,
    role: str = "system",
    reason: Reason = Reason.WITHDRAWN_BY_STAFF,
) -> Series:
    """Steps that do not go: their letters are cancelled; the reason stands with the step."""
    chosen = frozenset(keys)
    changed = []
    for one in await letters_of(work, series):
        if one.step.key not in chosen or not one.open:
            continue
        if one.letter is None or await cancel(work, one.letter, reason, at=at, actor=by, role=role):
            changed.append(replace(one.step, untaken=why))
    return series.with_steps(changed)


async def slow_down(
    work: Work,
    series: Series,
    *,
    take_every: int,
    at: datetime,
    by: StaffId | None = None,
    role: str = "system",
    reason: Reason = Reason.WITHDRAWN_BY_STAFF,
) -> Series:
    """Of what is still to come one letter in so many stays, the last two always, and the first
    that the person gets: without it nobody has said who writes (G-02)."""
    to_come = [
        one.step.key
        for one in await letters_of(work, series)
        if one.open
        and one.step.part is Part.ONE_OF_MANY
        and (one.letter is None or one.letter.kind is not LetterKind.FIRST)
    ]
    # Counted from the end: the first to stay is as far from the last ones as those between.
    share = -(-take_every // series.take_every)
    keys = [key for place, key in enumerate(reversed(to_come), start=1) if place % share]
    slower = await leave_out(
        work, series, keys, Untaken.LESS_OFTEN, at=at, by=by, role=role, reason=reason
    )
    return replace(slower, take_every=take_every)


async def save(
    work: Work,
    series: Series,
    *,
    was: Series,
    at: datetime,
    action: str,
    by: str = SYSTEM,
    role: str = "system",
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> Series:
    """Win the row, write the event, and draw the card for everybody concerned.

    Raises:
        Overtaken: somebody changed the series in between.
    """
    standing = await letters_of(work, series)
    kept = replace(
        series,
        version=was.version + 1,
        shown=digest(standing, at=at),
        next_at=next_look(standing, at=at) if series.state is SeriesState.RUNNING else at,
    )
    if not await work.series.change(kept, version=was.version):
        raise Overtaken(what="series")
    if action:
        await work.audit.append(
            AuditEvent(
                action=action,
                at=at,
                actor=by,
                role=role,
                subject=series.id,
                case_id=series.case_id,
                was=was.state.value,
                now=kept.state.value,
                reason=reason,
                evidence=evidence,
            )
        )
    await show_card(work, kept, at=at)
    return kept


async def show_card(work: Work, series: Series, *, at: datetime) -> None:
    """The card of a series, for its author and whoever may approve its letters."""
    seats = await work.staff.seats(series.case_id)
    probe = next((one.letter for one in await letters_of(work, series) if one.letter), None)
    ask = () if probe is None else approvers(probe, seats)
    concerned = tuple(dict.fromkeys((*ask, series.author_id)))
    await work.cards.redraw((series.id,), at=at)
    await work.cards.touch(CardKind.SERIES, series.id, concerned, at=at, case_id=series.case_id)
    await refresh_desks(work, concerned, at=at)


def next_look(steps: Iterable[Told], *, at: datetime) -> datetime:
    """When a running series is looked at again: as a window opens or closes, as words are asked
    for, and once a week; whatever happens to the person makes it due at once."""
    edges = [
        edge
        for one in steps
        if one.open and one.step.opens_at is not None and one.step.closes_at is not None
        for edge in (
            one.step.opens_at - WORDS_ASKED,
            one.step.opens_at,
            one.step.closes_at,
        )
        if edge > at
    ]
    return min([*edges, at + timedelta(days=7)])


async def require_settled(work: Work, letter: Letter) -> None:
    """Refuse to approve a letter of a series while it is asked who goes on writing it (G-27).

    Raises:
        SeriesAsks: facts `allowed`.
    """
    if letter.series_id is None:
        return
    series = await work.series.get(letter.series_id)
    if series.asks_since is not None:
        raise SeriesAsks(allowed="stop_series, hand_over_series")
