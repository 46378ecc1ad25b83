"""事前調整を書く: the five parts (ア) to (オ), each answered or not needed because (R-022)."""

from datetime import date
from typing import Final

from bots.web.desk.course_entries import ON_THE_CASE, of_case
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.lines import Lines, require_no_slips
from bots.web.desk.views import View
from core.cases import CaseState
from core.preparation import (
    Asked,
    Difficulty,
    EmergencyOutlook,
    Hook,
    HookKind,
    NotNeeded,
    PreCoordination,
    Readiness,
    SourcesAsked,
    WatchNetwork,
)
from core.programmes import Programme
from core.usecases.courses.prepare_approach import prepare_approach

ROOM: Final = "アウトリーチの歩み"
_OPEN: Final = frozenset({CaseState.LEAD_REVIEW, CaseState.PRE_COORDINATION, CaseState.REOPENED})
_WHY: Final = "要らないときは、そのわけ"


def _text(name: str, label: str, value: str, *, kind: Kind = Kind.LINE, help: str = "") -> Entry:
    return Entry(name=name, label=label, kind=kind, required=False, value=value, help=help)


def _because(part: object) -> str:
    return part.because if isinstance(part, NotNeeded) else ""


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    outreach = view.story.outreach
    p = (outreach.preparation if outreach is not None else None) or PreCoordination()
    return (of_case(view), *_knowing(p), *_reaching(p), *_danger(p))


def _knowing(p: PreCoordination) -> tuple[Entry, ...]:
    asked = p.sources.asked if isinstance(p.sources, SourcesAsked) else ()
    network = p.network.agreed_with if isinstance(p.network, WatchNetwork) else ()
    return (
        Entry(
            name="sources",
            label="(ア)聞いた先|日",
            kind=Kind.ROWS,
            required=False,
            cells=(2, 2),
            value="\n".join(f"{one.source}|{one.on}" for one in asked),
            help="1行に1つ、聞いた先と日(2026-11-30 の形)を | で区切ります。",
        ),
        _text("no_sources", f"(ア)聞き取りが{_WHY}", _because(p.sources)),
        Entry(
            name="network",
            label="(イ)見守り・支えの輪",
            kind=Kind.ROWS,
            required=False,
            value="\n".join(network),
            help="話がついた方や機関を、1行に1つ。",
        ),
        _text("no_network", f"(イ)見守りの輪が{_WHY}", _because(p.network)),
    )


def _reaching(p: PreCoordination) -> tuple[Entry, ...]:
    hook = p.hook if isinstance(p.hook, Hook) else None
    hard = p.difficulty if isinstance(p.difficulty, Difficulty) else None
    return (
        Entry(
            name="hook",
            label="(ウ)きっかけ",
            kind=Kind.CHOICE,
            options=of_enum(HookKind),
            required=False,
            value=hook.kind.value if hook else "",
        ),
        _text("hook_reason", "(ウ)それを選んだわけ", hook.reason if hook else ""),
        _text("no_hook", f"(ウ)きっかけが{_WHY}", _because(p.hook)),
        _text("hard", "(エ)ご本人が困っていること", hard.hard if hard else ""),
        _text("offered", "(エ)こちらから差し出せること", hard.offered if hard else ""),
        _text("no_difficulty", f"(エ)が{_WHY}", _because(p.difficulty)),
    )


def _danger(p: PreCoordination) -> tuple[Entry, ...]:
    outlook = p.emergency if isinstance(p.emergency, EmergencyOutlook) else None
    ready = p.readiness is not None and p.readiness.ready
    return (
        _text("urgent", "(オ)緊急性の見立て", outlook.assessed if outlook else ""),
        Entry(
            name="links",
            label="(オ)警察・医療との連絡",
            kind=Kind.ROWS,
            required=False,
            value="\n".join(outlook.links if outlook else ()),
        ),
        _text("no_emergency", f"(オ)が{_WHY}", _because(p.emergency)),
        Entry(
            name="ready",
            label="関わりを始めてよい",
            kind=Kind.YES,
            required=False,
            value="yes" if ready else "",
        ),
    )


def _prepared(means: Means, filled: Filled) -> PreCoordination:
    sources = _asked(filled)
    network = tuple(name for (name,) in filled.rows("network"))
    hook = filled.maybe_one("hook", HookKind)
    links = tuple(name for (name,) in filled.rows("links"))
    hard, urgent = filled.text("hard"), filled.text("urgent")
    return PreCoordination(
        sources=SourcesAsked(asked=sources) if sources else _not_needed(filled, "no_sources"),
        network=WatchNetwork(agreed_with=network) if network else _not_needed(filled, "no_network"),
        hook=Hook(kind=hook, reason=filled.text("hook_reason"))
        if hook
        else _not_needed(filled, "no_hook"),
        difficulty=Difficulty(hard=hard, offered=filled.text("offered"))
        if hard
        else _not_needed(filled, "no_difficulty"),
        emergency=EmergencyOutlook(assessed=urgent, links=links)
        if urgent
        else _not_needed(filled, "no_emergency"),
        readiness=Readiness(ready=filled.yes("ready"), by=means.by, on=means.today),
    )


def _asked(filled: Filled) -> tuple[Asked, ...]:
    """Raises: Unfilled: a day cannot be read."""
    lines = Lines("sources", filled.rows("sources"))
    found = []
    for number, (source, on) in lines.rows:
        try:
            found.append(Asked(source=source, on=date.fromisoformat(on)))
        except ValueError:
            lines.slip(number, "日は 2026-11-30 の形でお書きください。")
    require_no_slips(lines)
    return tuple(found)


def _not_needed(filled: Filled, name: str) -> NotNeeded | None:
    because = filled.text(name)
    return NotNeeded(because=because) if because else None


async def _act(means: Means, filled: Filled, of: str) -> str:
    await prepare_approach(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        preparation=_prepared(means, filled),
        by=means.by,
        at=means.at,
    )
    return "事前調整を書きました。"


def _offered(view: View) -> tuple[Offer, ...]:
    there = view.story.outreach is not None and view.story.case.state in _OPEN
    return ALWAYS if there else ()


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="prepare-approach",
        title="事前調整を書く",
        room=ROOM,
        programme=Programme.OUTREACH,
        who=ON_THE_CASE,
        entries=_entries,
        act=_act,
        offered=_offered,
        explains="5つのそれぞれに、書くか、要らないわけを書きます。途中まででも残せます。",
    ),
)
