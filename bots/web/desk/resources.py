"""参加の場 on the desk: steps of a match on a case's page, places and gaps on the town's."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import day, word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from core.ids import MatchId, PersonId, PlaceId
from core.resources import (
    MATCH_MOVES,
    MATCHING,
    Match,
    MatchState,
    ParticipationPlace,
    to_propose,
)
from core.usecases.resources.move_match import move_match
from core.usecases.resources.propose_match import propose_match
from core.usecases.resources.visit_host import visit_host

ROOM: Final = "参加の場"


def _proposing(view: View, of: str) -> tuple[Entry, ...]:
    people = view.story.members or (view.story.person,)
    return (
        Entry(
            name="person",
            label="どなたに",
            kind=Kind.CHOICE,
            options=tuple(Option(value=one.id, label=one.name) for one in people),
            value=view.story.person.id,
        ),
        Entry(
            name="place",
            label="どの場のことを",
            kind=Kind.CHOICE,
            options=tuple(
                Option(value=place.id, label=_named(place))
                for place in to_propose(view.story.places)
            ),
            help="伝えるだけです。行くかどうかは、ご本人が決めます。空きを近ごろ確かめた場が先です。",
        ),
    )


def _named(place: ParticipationPlace) -> str:
    checked = place.vacancy_checked_on
    asked = "" if checked is None else f" 空きの確認 {day(checked)}"
    return f"{place.name}({word(place.kind)}){asked}"


async def _propose(means: Means, filled: Filled, of: str) -> str:
    await propose_match(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=PersonId(filled.text("person")),
        place_id=PlaceId(filled.text("place")),
        by=means.by,
        at=means.at,
    )
    return "参加の場のことを伝えたと記録しました。行っても行かなくても大丈夫です。"


def _match(view: View, of: str) -> Match:
    return next(match for match in view.story.matches if match.id == of)


def _matches(view: View) -> Iterable[Offer]:
    places = {place.id: place.name for place in view.story.places}
    names = {one.id: one.name for one in view.story.members}
    for match in view.story.matches:
        who = f"{names[match.person_id]}さん・" if len(names) > 1 else ""
        about = f"{who}{places.get(match.place_id, '')}・{word(match.state)}"
        yield Offer(of=match.id, about=about)


def _moving(view: View, of: str) -> tuple[Entry, ...]:
    match = _match(view, of)
    onward = [state for state in MatchState if state in MATCH_MOVES[match.state]]
    return (
        Entry(name="to", label="次の段階", kind=Kind.CHOICE, options=of_enum(onward)),
        Entry(
            name="wishes",
            label="ご本人がそう望んでいる",
            kind=Kind.YES,
            required=False,
        ),
        Entry(
            name="solved",
            label="困りごとが解決したことだけが、終える理由である",
            kind=Kind.YES,
            required=False,
            help="場とのつながりは、困りごとが解決したあとも続けられます。",
        ),
        held("version", match.version),
    )


async def _move(means: Means, filled: Filled, of: str) -> str:
    moved = await move_match(
        means.uow,
        match_id=MatchId(of),
        version=filled.number("version"),
        to=filled.one("to", MatchState),
        person_wishes=filled.yes("wishes"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        because_solved=filled.yes("solved"),
    )
    return f"参加の場は、いま「{word(moved.state)}」です。"


def _visiting(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="on", label="たずねた日", kind=Kind.DAY, value=view.today.isoformat()),
        held("version", _match(view, of).version),
    )


async def _visit(means: Means, filled: Filled, of: str) -> str:
    await visit_host(
        means.uow,
        match_id=MatchId(of),
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        visited_on=filled.day("on"),
    )
    return "受け入れ先をたずねたことを記録しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="propose-match",
        title="参加の場のことを本人に伝える",
        room=ROOM,
        who=MATCHING,
        entries=_proposing,
        act=_propose,
    ),
    Deed(
        key="move-match",
        title="参加の段階を変える",
        room=ROOM,
        who=MATCHING,
        entries=_moving,
        act=_move,
        offered=_matches,
    ),
    Deed(
        key="visit-host",
        title="受け入れ先をたずねた",
        room=ROOM,
        who=MATCHING,
        entries=_visiting,
        act=_visit,
        offered=_matches,
    ),
)
