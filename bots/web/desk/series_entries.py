"""What the forms of a series ask for: its days, each with a box for the words."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Final

from bots.i18n.catalogue import day, moment, word
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.views import View
from core.cadence.packs import Anchor, LetterPack, offsets, pack_named, packs_of
from core.cadence.planning import Part, Planned
from core.cases import CaseState
from core.letters import LetterState
from core.series import BIRTHDAY, Series, SeriesState, StepWords, Told, told
from core.series_plan import Ground, known_anchor, plan_for

WORDS: Final = "words-"
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
    """One box for each letter, with its day; those that do not go are told with their reason."""
    chosen, ground = named(of, view), ground_in(view)
    if chosen is None or ground is None:
        return ()
    pack, anchor = chosen
    plan = plan_in(view, ground, pack, anchor)
    if not plan:
        return tuple(_open_entries(pack, born=view.story.person.birth_date is not None))
    return tuple(_planned_entries(plan, view.tz))


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


def _planned_entries(plan: Iterable[Planned], tz: tzinfo) -> Iterator[Entry]:
    missed: list[str] = []
    number = 0
    for step in plan:
        if step.opens_at is None:
            why = "" if step.untaken is None else word(step.untaken)
            missed.append(f"{day(step.day)}の回:{why}。")
            continue
        number += 1
        yield _box(
            step.key,
            number=number,
            opens_at=step.opens_at,
            part=step.part,
            birthday=step.birthday,
            before=missed,
            tz=tz,
        )
        missed = []


def _open_entries(pack: LetterPack, *, born: bool) -> Iterator[Entry]:
    """Days that follow from a day to come are told as so long after it."""
    for number, offset in enumerate(offsets(pack), start=1):
        months = f"{offset.months}か月" if offset.months else ""
        days = f"{offset.days}日" if offset.days else ""
        yield Entry(
            name=f"{WORDS}{offset.key}",
            label=f"{_NUMBERED.format(n=number)} その日から{months}{days}後",
            kind=Kind.TEXT,
            required=number == 1,
        )
    if pack.birthday and born:
        yield Entry(
            name=f"{WORDS}{BIRTHDAY}",
            label="誕生日のおたより",
            kind=Kind.TEXT,
            required=False,
            help="誕生日にいちばん近い回は、このおたよりに置きかわります。",
        )


def _box(
    key: str,
    *,
    number: int,
    opens_at: datetime,
    part: Part,
    birthday: bool,
    before: Iterable[str] = (),
    tz: tzinfo,
    value: str = "",
) -> Entry:
    said = [*before]
    if birthday:
        said.append("誕生日のおたよりです。")
    if part is Part.PRE_LAST:
        said.append("「次の回でひと区切りにします」と知らせる回です。")
    if part is Part.LAST:
        said.append("ひと区切りの回です。これからも書いてもらえることを伝えます。")
    return Entry(
        name=f"{WORDS}{key}",
        label=f"{_NUMBERED.format(n=number)} {moment(opens_at, tz=tz)} から",
        kind=Kind.TEXT,
        required=False,
        help="".join(said),
        value=value,
    )


def reword_entries(view: View, of: str) -> tuple[Entry, ...]:
    """A box for each letter that may still go, with the words as they are."""
    series = running(view)
    if series is None:
        return ()
    entries = [held("version", series.version)]
    for number, one in enumerate(standing(view, series), start=1):
        if not one.open or one.step.opens_at is None:
            continue
        entries.append(
            _box(
                one.step.key,
                number=number,
                opens_at=one.step.opens_at,
                part=one.step.part,
                birthday=one.step.birthday,
                before=_state(one),
                tz=view.tz,
                value="" if one.step.words is None else one.step.words.body,
            )
        )
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


def words_in(filled: dict[str, str]) -> dict[str, StepWords]:
    """The boxes that hold words, by step."""
    return {key: StepWords(body=value.strip()) for key, value in filled.items() if value.strip()}
