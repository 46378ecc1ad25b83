"""ちらしを選ぶ on a case's page: a letter with a leaflet, which goes the ordinary way (R-026)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from bots.i18n.catalogue import moment
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.excuse import asking_why, excuse_entries, excuse_in
from bots.web.desk.filled import Filled
from core.access import Action
from core.cases import WRITABLE
from core.days import NeverOpen
from core.ids import LeafletId, LetterId
from core.leaflet_choice import Choice
from core.leaflets import Leaflet
from core.letters import Letter, LetterKind, LetterState
from core.permissions import holders
from core.profiles import LetterRules
from core.usecases.leaflets.stop_link import stop_link
from core.usecases.letters.write_letter import write_letter

ROOM: Final = "ちらし"
_USUAL: Final = time(10, 30)
_STILL_OPENS: Final = frozenset({LetterState.SENT, LetterState.UNREACHABLE})


def leaflet_words(author: str, leaflet: Leaflet) -> str:
    """A letter around a leaflet, in the author's name (DOMAIN §8.6); to be made one's own."""
    found = f"{author}です。{leaflet.quiet_title}のちらしを見つけました。"
    return f"{found}行っても行かなくても大丈夫です。"


def _fitting(view: View) -> tuple[Choice, ...]:
    return view.story.leaflets if view.story.case.state in WRITABLE else ()


def _matching(view: View) -> Iterable[Offer]:
    for choice in _fitting(view):
        if choice.shared:
            why = "・".join(f"「{tag}」" for tag in sorted(choice.shared))
            yield Offer(of=choice.leaflet.id, about=f"{choice.leaflet.title}、{why}に合う")


def _others(view: View) -> Iterable[Offer]:
    return (Offer(),) if any(not choice.shared for choice in _fitting(view)) else ()


def _leaflet(view: View, of: str) -> Leaflet:
    return next(choice.leaflet for choice in view.story.leaflets if choice.leaflet.id == of)


def _when(view: View) -> str:
    """Tomorrow at the usual hour, or the next time at which a letter may arrive."""
    person, rules = view.story.person, LetterRules()
    hours = rules.hours_of(person, closed_days=view.closed_days)
    usual = datetime.combine(view.today + timedelta(days=1), _USUAL, tzinfo=view.tz)
    try:
        opens = hours.next_opening(usual, tz=view.tz)
    except NeverOpen:
        opens = usual
    return f"{opens.astimezone(view.tz):%Y-%m-%dT%H:%M}"


def _times(view: View) -> Entry:
    return Entry(
        name="opens_at",
        label="届ける日時",
        kind=Kind.MOMENT,
        value=_when(view),
        help="この時刻より前には届きません。その日に届かなければ、取りやめます。",
    )


def _writing(view: View, of: str) -> tuple[Entry, ...]:
    author = view.story.names.get(view.reader, "")
    return (
        Entry(
            name="body",
            label="おたよりの言葉",
            kind=Kind.TEXT,
            value=leaflet_words(author, _leaflet(view, of)),
            help="ご自分の言葉に直せます。下に「ちらしを見る」のボタンが付きます。",
        ),
        *excuse_entries(view),
        _times(view),
    )


def _writing_another(view: View, of: str) -> tuple[Entry, ...]:
    others = [choice.leaflet for choice in _fitting(view) if not choice.shared]
    author = view.story.names.get(view.reader, "")
    first = leaflet_words(author, others[0]) if len(others) == 1 else ""
    return (
        Entry(
            name="leaflet",
            label="どのちらしを",
            kind=Kind.CHOICE,
            options=tuple(Option(value=one.id, label=one.title) for one in others),
        ),
        Entry(
            name="reason",
            label="合うわけ",
            kind=Kind.TEXT,
            help="好きなものの記録とは別に、なぜこの方に合うのか。ここにだけ残ります。",
        ),
        Entry(
            name="body",
            label="おたよりの言葉",
            kind=Kind.TEXT,
            value=first,
            help="「行っても行かなくても大丈夫」と添えます。下に「ちらしを見る」のボタンが付きます。",
        ),
        *excuse_entries(view),
        _times(view),
    )


async def _write(means: Means, filled: Filled, of: str) -> str:
    return _waits(await _hand_in(means, filled, LeafletId(of)), means)


async def _write_another(means: Means, filled: Filled, of: str) -> str:
    leaflet = LeafletId(filled.text("leaflet"))
    return _waits(await _hand_in(means, filled, leaflet, reason=filled.text("reason")), means)


async def _hand_in(means: Means, filled: Filled, leaflet: LeafletId, *, reason: str = "") -> Letter:
    with asking_why():
        return await write_letter(
            means.uow,
            case_id=means.view.story.case.id,
            by=means.by,
            body=filled.text("body"),
            opens_at=filled.moment("opens_at"),
            at=means.at,
            tz=means.tz,
            proof=means.proof,
            closed_days=means.closed_days,
            kind=LetterKind.LEAFLET,
            leaflet_id=leaflet,
            leaflet_reason=reason,
            excuse=excuse_in(filled),
        )


def _waits(letter: Letter, means: Means) -> str:
    when = moment(letter.opens_at, tz=means.tz)
    return f"ちらしのおたよりを書きました。{when} に届くよう、承認を待っています。"


def _to_stop(view: View) -> Iterable[Offer]:
    letters = {letter.id: letter for letter in view.story.letters}
    for one in view.story.carried:
        letter = letters.get(one.link.letter_id)
        if letter and letter.state in _STILL_OPENS and one.link.opens(view.at):
            yield Offer(of=letter.id, about=one.leaflet.title)


async def _stop(means: Means, filled: Filled, of: str) -> str:
    await stop_link(means.uow, letter_id=LetterId(of), by=means.by, at=means.at)
    return "ちらしのリンクを止めました。もう開きません。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="choose-leaflet",
        title="ちらしを選ぶ",
        room=ROOM,
        who=holders(Action.WRITE_LETTER),
        entries=_writing,
        act=_write,
        offered=_matching,
        explains="届ける前に、別の方が承認します。もうお届けしたものと、期間の終わったものは出てきません。",
    ),
    Deed(
        key="choose-other-leaflet",
        title="わけを書いて、ほかのちらしを選ぶ",
        room=ROOM,
        who=holders(Action.WRITE_LETTER),
        entries=_writing_another,
        act=_write_another,
        offered=_others,
        explains="好きなものの記録に合うちらしが先です。合わないものは、わけを書いて選びます。",
    ),
    Deed(
        key="stop-leaflet-link",
        title="ちらしのリンクを止める",
        room=ROOM,
        who=holders(Action.STOP_LETTER),
        entries=lambda view, of: (),
        act=_stop,
        offered=_to_stop,
    ),
)
