"""What the forms of a series ask for: its days, each with a box for the words."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from bots.i18n.catalogue import day, moment, word
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.series_words import Box, entries_of
from bots.web.desk.views import View
from core.cadence.packs import Anchor, LetterPack, offsets, pack_named, packs_of
from core.cadence.planning import Part, Planned
from core.cases import CaseState
from core.letters import LetterKind, LetterState
from core.series import BIRTHDAY, Series, SeriesState, Told, told
from core.series_plan import Ground, known_anchor, plan_for

DAY: Final = "day"
_NUMBERED: Final = "第{n}信"


def ground_in(view: View) -> Ground | None:
    """What a series would stand on; None for a reader who is not told it."""
    story = view.story
    if story.letter_rules is None:
        return None
    return Ground(
        case=story.case,
        person=story.person,
        link=story.link,
        rules=story.letter_rules,
        closed_days=view.closed_days,
    )


def packs_in(view: View) -> tuple[LetterPack, ...]:
    """The packs of the town, and those that ship."""
    return packs_of(() if view.profile is None else view.profile.letter_packs)


def running(view: View) -> Series | None:
    """The series that runs on this case."""
    return next((one for one in view.story.series if one.state is SeriesState.RUNNING), None)


def standing(view: View, series: Series) -> tuple[Told, ...]:
    """Its steps as they stand."""
    return told(series, {letter.id: letter for letter in view.story.series_letters})


def anchors_for(pack: LetterPack, view: View) -> Iterator[Anchor]:
    """The days from which this pack can count on this case."""
    follows = view.story.case.state is CaseState.FOLLOW_UP
    for anchor in pack.starts_from:
        if anchor is Anchor.CLOSING and not follows:
            continue
        if anchor is Anchor.BIRTHDAY and view.story.person.birth_date is None:
            continue
        if anchor is Anchor.LINKING and (view.story.link is None or follows):
            continue
        yield anchor


def named(of: str, view: View) -> tuple[LetterPack, Anchor] | None:
    """The pack and anchor of an offer."""
    key, _, anchor = of.partition(":")
    if anchor not in set(Anchor):
        return None
    own = () if view.profile is None else view.profile.letter_packs
    return pack_named(key, own=own, anchor=Anchor(anchor)), Anchor(anchor)


def draft_entries(view: View, of: str) -> tuple[Entry, ...]:
    """The boxes of each letter, with its day; those that do not go are told with their reason."""
    chosen, ground = named(of, view), ground_in(view)
    if chosen is None or ground is None:
        return ()
    pack, anchor = chosen
    plan = plan_in(view, ground, pack, anchor)
    born = view.story.person.birth_date is not None
    boxes = _planned(plan, view) if plan else _to_come(pack, born=born, view=view)
    entries = tuple(entry for box in boxes for entry in entries_of(box, view))
    return (_day(view), *entries) if anchor is Anchor.DAY else entries


def _day(view: View) -> Entry:
    return Entry(
        name=DAY,
        label="数えはじめる日",
        kind=Kind.DAY,
        value=view.today.isoformat(),
        help="この日から数えて、それぞれの回の日が決まります。",
    )


def plan_in(view: View, ground: Ground, pack: LetterPack, anchor: Anchor) -> tuple[Planned, ...]:
    """The plan as it would be now; nothing while the anchor is to come."""
    on = known_anchor(ground, anchor, since=view.at, tz=view.tz)
    if on is None:
        return ()
    return plan_for(
        ground,
        pack,
        anchored_on=on,
        at=view.at,
        tz=view.tz,
        letters=(*view.story.letters, *view.story.series_letters),
    )


def days_of(view: View, of: str, *, on: date | None) -> dict[str, date]:
    """Of each step of an offer the day on which it would go, as far as it is known.

    Args:
        on: the day that was named, where the series counts from such a day.
    """
    chosen, ground = named(of, view), ground_in(view)
    if chosen is None or ground is None:
        return {}
    pack, anchor = chosen
    on = on or known_anchor(ground, anchor, since=view.at, tz=view.tz)
    if on is None:
        return {}
    plan = plan_for(ground, pack, anchored_on=on, at=view.at, tz=view.tz)
    return {one.key: one.opens_at.date() for one in plan if one.opens_at is not None}


def _unknown_yet(view: View) -> bool:
    """Whether this person has had no letter, so that the first one says who writes."""
    letters = (*view.story.letters, *view.story.series_letters)
    return not any(letter.sent_at is not None for letter in letters)


def _planned(plan: Iterable[Planned], view: View) -> Iterator[Box]:
    missed: list[str] = []
    number = 0
    for step in plan:
        if step.opens_at is None:
            why = "" if step.untaken is None else word(step.untaken)
            missed.append(f"{day(step.day)}の回:{why}。")
            continue
        number += 1
        yield Box(
            key=step.key,
            label=_label(number, f"{moment(step.opens_at, tz=view.tz)} から"),
            part=step.part,
            first=number == 1 and _unknown_yet(view),
            said="".join(missed) + _birthday(step.birthday),
        )
        missed = []


def _to_come(pack: LetterPack, *, born: bool, view: View) -> Iterator[Box]:
    """Days that follow from a day to come are told as so long after it; the last two are most
    likely those that end."""
    there = offsets(pack)
    ends = dict(zip((len(there) - 1, len(there)), (Part.PRE_LAST, Part.LAST), strict=True))
    for number, offset in enumerate(there, start=1):
        months = f"{offset.months}か月" if offset.months else ""
        days = f"{offset.days}日" if offset.days else ""
        yield Box(
            key=offset.key,
            label=_label(number, f"その日から{months}{days}後"),
            part=ends.get(number, Part.ONE_OF_MANY) if len(there) > 2 else Part.ONE_OF_MANY,
            first=number == 1 and _unknown_yet(view),
        )
    if pack.birthday and born:
        yield Box(
            key=BIRTHDAY,
            label="誕生日のおたより",
            said="誕生日にいちばん近い回は、このおたよりに置きかわります。",
        )


def _label(number: int, when: str) -> str:
    return f"{_NUMBERED.format(n=number)} {when}"


def _birthday(there: bool) -> str:
    return "誕生日のおたよりです。" if there else ""


def reword_entries(view: View, of: str) -> tuple[Entry, ...]:
    """The boxes of each letter that may still go, with the words as they are."""
    series = running(view)
    if series is None:
        return ()
    entries = [held("version", series.version)]
    for number, one in enumerate(standing(view, series), start=1):
        if not one.open or one.step.opens_at is None:
            continue
        letter = one.letter
        box = Box(
            key=one.step.key,
            label=_label(number, f"{moment(one.step.opens_at, tz=view.tz)} から"),
            part=one.step.part,
            first=letter is not None and letter.kind is LetterKind.FIRST,
            said="".join(_state(one)) + _birthday(one.step.birthday),
            words=one.step.words,
        )
        entries += entries_of(box, view)
    return tuple(entries)


def _state(one: Told) -> Iterator[str]:
    if one.letter is None:
        yield "言葉を待っています。"
        return
    yield f"いまは「{word(one.letter.state)}」です。"
    if one.letter.state is LetterState.DRAFT and one.letter.note:
        yield one.letter.note


def step_options(view: View) -> tuple[Option, ...]:
    """The letters that may be left out."""
    series = running(view)
    if series is None:
        return ()
    return tuple(
        Option(value=one.step.key, label=moment(one.step.opens_at, tz=view.tz))
        for one in standing(view, series)
        if one.open and one.step.part is Part.ONE_OF_MANY and one.step.opens_at is not None
    )
