"""Win the deliveries that are due, after a second look at each, in a transaction that is open."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from core.days import SendingHours
from core.ids import AnswerId, DeliveryId, StaffId
from core.letters import ANSWER_KEY, Letter, LetterKind, LetterState
from core.line_modes import LineMode
from core.outbox import CHANNEL_REST, CardKind, ChannelClosed, DeliveryState
from core.pace import PACE_WINDOW
from core.people import NO_WISHES, LetterWishes
from core.ports import Claim, Due, Work
from core.profiles import Municipality
from core.quota_steps import QUOTA, rest_channel, rests_for_quota
from core.recheck import recheck
from core.steps import ask_for_approval, moved, take_back
from core.verdicts import Cancel, Doubt, Go, Hold, Verdict, Wait


async def claim(
    work: Work,
    *,
    lease: str,
    limit: int,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
    lasts: timedelta,
    mode: LineMode,
    excusable: frozenset[str] | None = None,
) -> tuple[Claim, ...]:
    """Claim up to `limit` due deliveries for this lease, oldest first.

    What does not fit any more is put off, held for re-reading, cancelled, or given up as
    uncertain. Nothing is claimed while the channel rests; for want of quota, replies still are.
    """
    # Together: under load each answer of the database waits for its turn among the pushes.
    (municipality, rest, quota), due = await asyncio.gather(
        work.towns.gate(), work.outbox.due(at=at, limit=limit)
    )
    full = rests_for_quota(rest, at=at)
    if not due or (rest is not None and rest.until > at and not full):
        return ()
    left = 0 if full else None if quota is None else quota.left(at)
    if full:
        due = await _replies_only(work, due, at=at)
    first = await _by_their_pace(work, _one_per_person(due), at=at)
    verdicts = _verdicts(
        first,
        municipality,
        at=at,
        tz=tz,
        closed_days=closed_days,
        mode=mode,
        excusable=excusable,
    )
    await _apply(work, verdicts, at=at)
    going = [item for item, verdict in verdicts if isinstance(verdict, Go)]
    going = await _within(work, await _in_time_to_reply(work, going, at=at), left, at=at)
    won = await work.outbox.lease(
        [item.delivery_id for item in going], lease=lease, at=at, until=at + lasts
    )
    return tuple(_claim(item, lease) for item in going if item.delivery_id in won)


def _one_per_person(due: Sequence[Due]) -> list[Due]:
    """Two letters to one person are never claimed together: the second sees the first sent."""
    seen: set[str] = set()
    first = []
    for item in due:
        person_id = item.situation.letter.person_id
        if person_id not in seen:
            seen.add(person_id)
            first.append(item)
    return first


async def _by_their_pace(work: Work, due: Sequence[Due], *, at: datetime) -> list[Due]:
    """Of those who wish for fewer letters, what counts over a longer time; they are few."""
    paced = []
    for item in due:
        every = item.wishes.take_every
        if every > 1:
            since = at - PACE_WINDOW * every
            sent = await work.letters.sent_since(item.situation.letter.person_id, since=since)
            slower = item.situation._replace(take_every=every, sent_lately=len(sent))
            item = item._replace(situation=slower)
        paced.append(item)
    return paced


def _verdicts(
    due: Sequence[Due],
    municipality: Municipality,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
    mode: LineMode,
    excusable: frozenset[str] | None,
) -> list[tuple[Due, Verdict]]:
    rules, stopped = municipality.letters, municipality.pushes_stopped
    # Most people have the town's hours: worked out once, not for each letter.
    rhythms: dict[tuple[time | None, time | None, LetterWishes | None], SendingHours] = {}
    verdicts = []
    for item in due:
        wishes = None if item.wishes is NO_WISHES else item.wishes
        rhythm = item.wakes, item.sleeps, wishes
        hours = rhythms.get(rhythm)
        if hours is None:
            hours = rules.hours(
                wakes=item.wakes,
                sleeps=item.sleeps,
                closed_days=closed_days,
                wishes=item.wishes,
            )
            rhythms[rhythm] = hours
        verdict = recheck(
            item.situation,
            at=at,
            tz=tz,
            rules=rules,
            hours=hours,
            pushes_stopped=stopped,
            mode=mode,
            excusable=excusable,
        )
        verdicts.append((item, verdict))
    return verdicts


async def _replies_only(work: Work, due: Sequence[Due], *, at: datetime) -> list[Due]:
    """Of a month that is used up: replies are not counted, and of what LINE may have already its
    hour of certainty runs on; everything else is looked at later."""

    def goes_on(one: Due) -> bool:
        in_time = one.reply_until is not None and one.reply_until > at
        return in_time or one.situation.doubt_since is not None

    later = [(one.delivery_id, at + CHANNEL_REST) for one in due if not goes_on(one)]
    await work.outbox.put_off(later)
    return list(filter(goes_on, due))


async def _within(work: Work, going: Sequence[Due], left: int | None, *, at: datetime) -> list[Due]:
    """As many as the month has room for; with the first that has none, the channel rests.

    Args:
        left: how many pushes are left, as far as they are recorded; None where there is no limit,
            or nobody knows. Those on their way take their room as well.
    """
    pushes = [one for one in going if one.reply_token is None]
    if left is None or not pushes:
        return list(going)
    room = max(0, left - await work.outbox.on_their_way(at=at))
    if len(pushes) <= room:
        return list(going)
    beyond = {one.delivery_id for one in pushes[room:]}
    await work.outbox.put_off([(id_, at + CHANNEL_REST) for id_ in sorted(beyond)])
    if left == 0:
        await rest_channel(work, ChannelClosed(cause=QUOTA, detail="used up"), at=at)
    return [one for one in going if one.delivery_id not in beyond]


async def _in_time_to_reply(work: Work, going: Sequence[Due], *, at: datetime) -> list[Due]:
    """Those whose reply token is too old go as pushes from now on, so that a crash leaves no
    doubt about the way they went."""
    late = {
        item.delivery_id
        for item in going
        if item.reply_until is not None and item.reply_until <= at
    }
    if late:
        await work.outbox.as_pushes(sorted(late))
    return [item._replace(reply_token=None) if item.delivery_id in late else item for item in going]


async def _apply(work: Work, verdicts: Sequence[tuple[Due, Verdict]], *, at: datetime) -> None:
    waits: list[tuple[DeliveryId, datetime]] = []
    ends: dict[DeliveryState, list[DeliveryId]] = defaultdict(list)
    for item, verdict in verdicts:
        match verdict:
            case Wait(until=until):
                waits.append((item.delivery_id, until))
            case Hold():
                ends[DeliveryState.WITHDRAWN].append(item.delivery_id)
                await _change(work, item, LetterState.HELD, verdict, at=at)
            case Cancel():
                ends[DeliveryState.WITHDRAWN].append(item.delivery_id)
                await _change(work, item, LetterState.CANCELLED, verdict, at=at)
            case Doubt():
                ends[DeliveryState.IN_DOUBT].append(item.delivery_id)
                await _change(work, item, LetterState.UNREACHABLE, verdict, at=at)
            case Go():
                pass
    if waits:
        await work.outbox.put_off(waits)
    if ends:
        await work.outbox.end([(id_, state) for state, ids in ends.items() for id_ in ids])


async def _change(
    work: Work, item: Due, to: LetterState, verdict: Hold | Cancel | Doubt, *, at: datetime
) -> None:
    letter = await work.letters.get(item.situation.letter.id)
    if letter.bound_hash != item.situation.letter.bound_hash:
        return
    if letter.state is not LetterState.SCHEDULED:
        # A delivery that no approval brought about ends; its letter stays as it is.
        await work.audit.append(
            moved(letter, letter.state, at=at, action="delivery.refused", reason=verdict.reason)
        )
        return
    changed = await take_back(work, letter, to, reason=verdict.reason)
    if changed is None:
        return
    await work.audit.append(moved(letter, to, at=at, reason=verdict.reason.value))
    await work.cards.redraw(letter.cards, at=at)
    if to is LetterState.HELD:
        await ask_for_approval(work, changed, at=at)
    elif letter.notice_id is None:
        told = await _whose_words(work, letter)
        await work.cards.touch(CardKind.AUTHOR, letter.id, told, at=at, case_id=letter.case_id)


async def _whose_words(work: Work, letter: Letter) -> tuple[StaffId, ...]:
    """Who is told that it does not go: its author; of the line that an answer lies on the page,
    whoever answered. The author of an approved text may have nothing to do with the case."""
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT:
        return (letter.author_id,)
    if not letter.answers or letter.command_key is None:
        return ()
    answer = await work.answers.get(AnswerId(letter.command_key.removeprefix(ANSWER_KEY)))
    return (answer.by,)


def _claim(item: Due, lease: str) -> Claim:
    situation = item.situation
    return Claim(
        delivery_id=item.delivery_id,
        letter_id=situation.letter.id,
        case_id=item.case_id,
        request=situation.request,
        attempts=item.attempts + 1,
        lease=lease,
        doubt_before=situation.doubt_since,
        leaflet=situation.leaflet is not None,
        reply_token=item.reply_token,
        notice_id=item.notice_id,
    )
