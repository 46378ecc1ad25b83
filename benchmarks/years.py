"""Years of one person's letters, walked through the pure core: plan, approval, second look.

What happens is data: replies, visits, rests, stops, blocks, crashes, letters of other senders. The
benchmark draws it at random, the tests let Hypothesis draw it. Whoever approves takes her time or
never comes; deliveries get lost on the way and are asked about again under the same retry key.
"""

import enum
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.binding import binding_hash
from core.cadence.packs import LetterPack
from core.cadence.planning import Bounds, Planned, plan_letters
from core.cases import CaseState
from core.consent import ConsentState
from core.days import SendingHours, months_later
from core.ids import LetterId, PersonId, StaffId
from core.letters import LetterKind, LetterState
from core.people import LinkState
from core.profiles import LetterRules
from core.recheck import Scheduled, Situation, binding_of, recheck
from core.verdicts import Cancel, Doubt, Go, Hold, Verdict, Wait

TZ: Final = ZoneInfo("Asia/Tokyo")
# An approval for the far future is asked about on the day itself; here it simply lasts.
LASTS: Final = timedelta(days=3650)
_ASKS_AGAIN: Final = timedelta(minutes=5)


class Happens(enum.StrEnum):
    """What may happen to a person's letters."""

    REPLY = "REPLY"
    VISIT = "VISIT"
    REST = "REST"
    STOP = "STOP"
    BLOCK = "BLOCK"
    CRASH = "CRASH"
    OTHER_LETTER = "OTHER_LETTER"


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something happens.

    Attributes:
        read_after: in how long the approver reads again what is held by it; None: never.
    """

    at: datetime
    what: Happens
    read_after: timedelta | None = timedelta(hours=20)


@dataclass(kw_only=True, slots=True)
class Sent:
    """A letter that LINE took, when, and when it was last approved."""

    key: str
    at: datetime
    approved_at: datetime


@dataclass(kw_only=True, slots=True)
class Life:
    """What became of every letter.

    Attributes:
        sent: in the order of sending, letters of other senders among them (`other-...`).
        why_not: of every letter that did not go, the recorded reason.
        rests: times in which nothing may come, half-open.
    """

    plan: tuple[Planned, ...]
    sent: list[Sent] = field(default_factory=list)
    why_not: dict[str, str] = field(default_factory=dict)
    rests: list[tuple[datetime, datetime]] = field(default_factory=list)
    looks: int = 0


@dataclass(kw_only=True, slots=True)
class _Waiting:
    letter: Scheduled
    held: bool = False
    doubt_since: datetime | None = None
    taken_at: datetime | None = None


def live(
    pack: LetterPack,
    *,
    anchored_on: date,
    at: datetime,
    hours: SendingHours,
    happenings: Iterable[Happening],
    seed: str,
    birth_date: date | None = None,
    rules: LetterRules | None = None,
    until: datetime,
) -> Life:
    """One person from `at` until `until`."""
    kept = replace(rules or LetterRules(), approval_lasts=LASTS)
    bounds = Bounds(hours=hours, gap=kept.gap, most_in_30_days=kept.most_in_30_days)
    plan = plan_letters(
        pack,
        anchored_on=anchored_on,
        seed=seed,
        at=at,
        tz=TZ,
        bounds=bounds,
        birth_date=birth_date,
    )
    walk = _Walk(hours=hours, rules=kept, life=Life(plan=plan))
    for step in plan:
        if step.opens_at is not None and step.closes_at is not None:
            walk.write(step.key, step.opens_at, step.closes_at, at=at)
        elif step.untaken is not None:
            walk.life.why_not[step.key] = step.untaken.value
    walk.go(sorted(happenings, key=lambda one: (one.at, one.what)), until=until)
    return walk.life


@dataclass(kw_only=True, slots=True)
class _Walk:
    hours: SendingHours
    rules: LetterRules
    life: Life
    waiting: dict[str, _Waiting] = field(default_factory=dict)
    queue: list[tuple[datetime, int, str]] = field(default_factory=list)
    facts: int = 0
    link: LinkState = LinkState.LINKED
    paused_until: datetime | None = None
    crashes: int = 0
    turns: int = 0

    def write(self, key: str, opens_at: datetime, closes_at: datetime, *, at: datetime) -> None:
        """A letter, approved at once."""
        letter = Scheduled(
            LetterId(key),
            PersonId("person"),
            LetterKind.CHECK_IN,
            "夜が冷えるようになりました。",
            "",
            StaffId("author"),
            opens_at,
            closes_at,
            LetterState.SCHEDULED,
            1,
            StaffId("approver"),
            at,
            self.facts,
            None,
        )
        self.waiting[key] = _Waiting(letter=letter)
        self._approve(self.waiting[key], at)
        self._ask(opens_at, key)

    def go(self, happenings: Sequence[Happening], *, until: datetime) -> None:
        """Event after event, look after look, in the order of time."""
        for happening in happenings:
            self._looks(before=min(happening.at, until))
            if happening.at < until:
                self._happen(happening)
        self._looks(before=until)
        for key, waiting in self.waiting.items():
            if waiting.letter.closes_at <= until:
                self.life.why_not[key] = "WINDOW_CLOSED"

    def _looks(self, *, before: datetime) -> None:
        while self.queue and self.queue[0][0] < before:
            at, _, key = heapq.heappop(self.queue)
            if key.startswith("read:"):
                self._read_again(key.removeprefix("read:"), at)
            elif key in self.waiting:
                self._look(key, self.waiting[key], at)

    def _look(self, key: str, one: _Waiting, at: datetime) -> None:
        if one.held:
            if at >= one.letter.closes_at:
                self._end(key, "WINDOW_CLOSED")
            return
        if self._somebody_else_under_way(key):
            self._ask(at + _ASKS_AGAIN, key)
            return
        self.life.looks += 1
        match self._verdict(one, at):
            case Go():
                self._push(key, one, at)
            case Wait(until=later):
                self._ask(later, key)
            case Hold():
                self._hold(key, one)
            case Cancel(reason=reason) | Doubt(reason=reason):
                if one.taken_at is not None:
                    # LINE had it: it counts as sent, though nobody here knows.
                    self._sent(key, one, one.taken_at)
                self._end(key, reason.value)

    def _somebody_else_under_way(self, key: str) -> bool:
        return any(o.doubt_since is not None for k, o in self.waiting.items() if k != key)

    def _push(self, key: str, one: _Waiting, at: datetime) -> None:
        """LINE takes a letter once, however often it is asked under the same key."""
        taken_at = one.taken_at or at
        if self.crashes and one.taken_at is None:
            self.crashes -= 1
            one.doubt_since, one.taken_at = at, at
            self._ask(at + _ASKS_AGAIN, key)
            return
        self._sent(key, one, taken_at)
        del self.waiting[key]

    def _sent(self, key: str, one: _Waiting, at: datetime) -> None:
        self.life.sent.append(Sent(key=key, at=at, approved_at=one.letter.approved_at or at))

    def _verdict(self, one: _Waiting, at: datetime) -> Verdict:
        month = [sent.at for sent in self.life.sent if at - sent.at < timedelta(days=30)]
        situation = self._situation(one)._replace(
            last_sent_at=max((sent.at for sent in self.life.sent), default=None),
            sent_lately=len(month),
            doubt_since=one.doubt_since,
        )
        return recheck(
            situation, at=at, tz=TZ, rules=self.rules, hours=self.hours, pushes_stopped=False
        )

    def _situation(self, one: _Waiting) -> Situation:
        return Situation(
            letter=one.letter,
            request=b"{}",
            line_user_id="U0",
            link_id="link",
            link_state=self.link,
            paused_until=self.paused_until,
            consent_id="consent",
            consent_version=1,
            consent_state=ConsentState.GIVEN,
            case_state=CaseState.RELATIONSHIP_BUILDING,
            case_facts=self.facts,
            deceased=False,
            approver_seated=True,
            last_sent_at=None,
            sent_lately=0,
            doubt_since=None,
        )

    def _happen(self, one: Happening) -> None:
        match one.what:
            case Happens.REPLY | Happens.VISIT:
                self._fact(one)
            case Happens.REST if self.link in {LinkState.LINKED, LinkState.PAUSED}:
                self.link, self.paused_until = LinkState.PAUSED, months_later(one.at, 1, tz=TZ)
                self.life.rests.append((one.at, self.paused_until))
                self._cancel("RESTING", before=self.paused_until)
            case Happens.STOP | Happens.BLOCK:
                stopped = one.what is Happens.STOP
                self.link = LinkState.UNLINKED_BY_PERSON if stopped else LinkState.BLOCKED
                self.life.rests.append((one.at, datetime.max.replace(tzinfo=TZ)))
                self._cancel("STOPPED_BY_PERSON" if stopped else "BLOCKED", before=None)
            case Happens.CRASH:
                self.crashes += 1
            case Happens.OTHER_LETTER:
                self.turns += 1
                ends = one.at + timedelta(days=3)
                self.write(f"other-{self.turns}", one.at, ends, at=one.at)
            case _:
                pass

    def _fact(self, one: Happening) -> None:
        self.facts += 1
        for key, waiting in self.waiting.items():
            if waiting.doubt_since is None:
                self._hold(key, waiting)
        if one.read_after is not None:
            self._ask(one.at + one.read_after, f"read:{self.facts}")

    def _hold(self, key: str, one: _Waiting) -> None:
        one.held = True
        self._ask(one.letter.closes_at, key)

    def _read_again(self, facts: str, at: datetime) -> None:
        """The approver reads what is held, unless something newer came in since."""
        if int(facts) != self.facts:
            return
        for key, one in self.waiting.items():
            if one.held and at < one.letter.closes_at:
                self._approve(one, at)
                self._ask(max(at, one.letter.opens_at), key)

    def _approve(self, one: _Waiting, at: datetime) -> None:
        one.held = False
        one.letter = one.letter._replace(approved_at=at, approved_facts=self.facts)
        bound = binding_hash(binding_of(self._situation(one)))
        one.letter = one.letter._replace(bound_hash=bound)

    def _cancel(self, reason: str, *, before: datetime | None) -> None:
        for key, one in list(self.waiting.items()):
            if one.doubt_since is None and (before is None or one.letter.opens_at < before):
                self._end(key, reason)

    def _end(self, key: str, reason: str) -> None:
        self.life.why_not[key] = reason
        del self.waiting[key]

    def _ask(self, at: datetime, key: str) -> None:
        self.turns += 1
        heapq.heappush(self.queue, (at, self.turns, key))
