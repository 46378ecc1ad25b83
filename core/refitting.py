"""Letters that are written find their place among wishes that were told later.

Runs inside the open transaction of `change_wishes`. What still fits stays as it is approved; what
goes later within its window only says why; a window that has to move is read and approved once
more, as an approval binds the window; what finds no room falls away with a reason (S4, S6).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from core.audit import SYSTEM
from core.cadence.planning import Untaken
from core.ids import PersonId
from core.letters import Letter, LetterKind, LetterState, Reason
from core.ports import Work
from core.profiles import LetterRules
from core.send_day import asks_on_its_day
from core.series import Series, SeriesStep
from core.series_letters import kind_of
from core.series_steps import save, slow_down
from core.steps import ask_for_approval, cancel, moved, refresh_desks, take_back
from core.wishes import Refit, Room, refit

_UNTAKEN: Final = {
    Reason.WISHED_LESS: Untaken.LESS_OFTEN,
    Reason.WISHED_TIMES: Untaken.DAYS_OFF,
}
_UNPACED: Final = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.REPLY})


class Refitted(NamedTuple):
    """How many letters go later, and how many fall away."""

    later: int = 0
    fallen: int = 0


async def refit_letters(
    work: Work, person_id: PersonId, *, room: Room, reason: Reason, at: datetime
) -> Refitted:
    """Every unsent letter of a person, and every step of the series that runs, in its order.

    A single letter that is with its author as a draft is left alone: its day is chosen anew.

    Args:
        reason: what the letters say of it, `WISHED_LESS` or `WISHED_TIMES`.
    """
    was = await work.series.running_of_person(person_id)
    series, left_out = was, 0
    if series is not None and room.take_every > series.take_every:
        slower = await slow_down(
            work, series, take_every=room.take_every, at=at, reason=Reason.WISHED_LESS
        )
        left_out = sum(
            step.untaken is not None and series.step(step.key).untaken is None
            for step in slower.steps
        )
        series = slower
    walk = _Walk(
        work=work,
        room=room,
        rules=(await work.towns.get()).letters,
        reason=reason,
        at=at,
        others=[*await work.letters.sent_since(person_id, since=room.looks_back(at))],
    )
    letters = await work.letters.unsent_of_person(person_id)
    for letter, step in sorted(_in_order(letters, series), key=_opening):
        if letter is not None:
            await walk.letter(letter, step)
        elif step is not None:
            walk.step(step)
    if was is not None and series is not None:
        kept = series.with_steps(walk.steps)
        if kept != was:
            await save(work, kept, was=was, at=at, action="series.refitted", reason=reason.value)
    return Refitted(later=walk.later, fallen=walk.fallen + left_out)


_Entry = tuple[Letter | None, SeriesStep | None]


def _in_order(letters: tuple[Letter, ...], series: Series | None) -> Iterator[_Entry]:
    """Letters with the steps that they are of, and steps that nobody has written yet."""
    steps = () if series is None else series.steps
    of_letter = {step.letter_id: step for step in steps if step.letter_id is not None}
    for letter in letters:
        step = of_letter.get(letter.id)
        drafted = letter.state is LetterState.DRAFT and step is None
        if letter.kind is not LetterKind.ACKNOWLEDGEMENT and not drafted:
            yield letter, step
    for step in steps:
        if step.waits_for_words:
            yield None, step


def _opening(entry: _Entry) -> tuple[datetime, str]:
    letter, step = entry
    if letter is not None:
        return letter.opens_at, letter.id
    assert step is not None and step.opens_at is not None
    return step.opens_at, step.key


@dataclass(kw_only=True, slots=True)
class _Walk:
    """Goes from letter to letter; those that have their place keep later ones at a distance."""

    work: Work
    room: Room
    rules: LetterRules
    reason: Reason
    at: datetime
    others: list[datetime]
    steps: list[SeriesStep] = field(default_factory=list)
    later: int = 0
    fallen: int = 0

    def _find(self, window: tuple[datetime, datetime], kind: LetterKind) -> Refit:
        return refit(window, kind, room=self.room, at=self.at, others=tuple(self.others))

    async def letter(self, letter: Letter, step: SeriesStep | None) -> None:
        found = self._find((letter.opens_at, letter.closes_at), letter.kind)
        stands = max(letter.opens_at, self.at)
        if found.fits_at is None:
            fell = await cancel(self.work, letter, self.reason, at=self.at)
            self.fallen += fell
            if fell and step is not None:
                self.steps.append(replace(step, untaken=_UNTAKEN[self.reason]))
            moment = None if fell else stands
        elif found.window is not None:
            went = await self._move(letter, found.window)
            self.later += went
            if went and step is not None:
                opens, closes = found.window
                self.steps.append(replace(step, opens_at=opens, closes_at=closes))
            moment = found.fits_at if went else stands
        else:
            moment = found.fits_at
            if moment > stands:
                self.later += await self._say_why(letter)
        if moment is not None and letter.kind not in _UNPACED:
            self.others.append(moment)

    def step(self, step: SeriesStep) -> None:
        """One that nobody has written yet."""
        assert step.opens_at is not None and step.closes_at is not None
        found = self._find((step.opens_at, step.closes_at), kind_of(step, first=None))
        if found.fits_at is None:
            self.fallen += 1
            self.steps.append(replace(step, untaken=_UNTAKEN[self.reason]))
            return
        self.others.append(found.fits_at)
        if found.window is not None:
            self.later += 1
            opens, closes = found.window
            self.steps.append(replace(step, opens_at=opens, closes_at=closes))

    async def _move(self, letter: Letter, window: tuple[datetime, datetime]) -> bool:
        """Another window; what was approved is read again. False where it is on its way."""
        opens, closes = window
        if letter.state is not LetterState.SCHEDULED:
            why = letter.reason or self.reason
            return await self._change(letter, "letter.moved_later", why, window)
        if not await self.work.outbox.withdraw(letter.id):
            return False
        held = await take_back(
            self.work,
            letter,
            LetterState.HELD,
            reason=self.reason,
            opens_at=opens,
            closes_at=closes,
            asks_again=self._asks(letter, opens),
        )
        if held is None:
            return False
        event = moved(letter, LetterState.HELD, at=self.at, reason=self.reason.value)
        await self.work.audit.append(event)
        await ask_for_approval(self.work, held, at=self.at)
        return True

    def _asks(self, letter: Letter, opens_at: datetime) -> bool:
        there = replace(letter, opens_at=opens_at)
        return asks_on_its_day(there, at=self.at, rules=self.rules)

    async def _say_why(self, letter: Letter) -> bool:
        """It goes later within its window; the second look sees to that, the letter says why."""
        window = letter.opens_at, letter.closes_at
        return await self._change(letter, "letter.put_off", self.reason, window)

    async def _change(
        self, letter: Letter, action: str, why: Reason, window: tuple[datetime, datetime]
    ) -> bool:
        again = replace(
            letter,
            version=letter.version + 1,
            reason=why,
            opens_at=window[0],
            closes_at=window[1],
            asks_again=self._asks(letter, window[0]),
        )
        if not await self.work.letters.change(again, version=letter.version):
            return False
        await self.work.audit.append(
            moved(letter, letter.state, at=self.at, actor=SYSTEM, action=action, reason=why.value)
        )
        await self.work.cards.redraw(letter.cards, at=self.at)
        await refresh_desks(self.work, [letter.author_id], at=self.at)
        return True
