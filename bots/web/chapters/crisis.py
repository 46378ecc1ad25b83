"""急ぎの知らせ: calls for people on a case, who took them, and whom one can call."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bots.i18n.catalogue import word
from bots.web.chapters.rows import Chapter, Row, Voice, facts, listed
from core.crisis.alerts import CrisisAlert
from core.ids import StaffId
from core.municipal_profiles.crisis import Peril, Route

_HURT: Final = frozenset({Peril.BY_OTHERS, Peril.TO_OTHERS})


def calls(voice: Voice) -> Chapter:
    """Calls for people, the newest first; the words themselves stand among the replies."""
    routes = voice.routes
    return Chapter(
        id="calls",
        title="急ぎの知らせ",
        rows=tuple(_call(one, voice, routes) for one in voice.story.alerts),
    )


def _call(alert: CrisisAlert, voice: Voice, routes: tuple[Route, ...]) -> Row:
    called = (
        f"{voice.colleague(call.staff_id)} {word(call.called_as)} {voice.moment(call.at)}"
        for call in alert.calls
    )
    return Row(
        title="、".join(map(word, alert.perils)) or "職員の気づき",
        chip=word(alert.state),
        tone="look" if alert.open else "still",
        when=voice.moment(alert.raised_at),
        facts=facts(
            ("たしかさ", "" if alert.sign is None else word(alert.sign)),
            ("知らせた方", voice.colleague(alert.raised_by)),
            ("呼んだ方", listed(called)),
            ("受け取った方", _who_when(voice, alert.acknowledged_by, alert.acknowledged_at)),
            ("終えた方", _who_when(voice, alert.settled_by, alert.settled_at)),
            ("ご本人への自動の文", voice.moment(alert.told_at)),
            ("どうだったか", alert.note),
            ("ふりかえりの期限", "" if alert.reviewed_at else voice.day(alert.review_due_on)),
            ("ふりかえり", alert.review),
            *(_routes(routes) if alert.open and _HURT & set(alert.perils) else ()),
        ),
    )


def _who_when(voice: Voice, who: StaffId | None, when: datetime | None) -> str:
    if who is None:
        return ""
    return f"{voice.colleague(who)} {voice.moment(when)}"


def _routes(routes: tuple[Route, ...]) -> Iterator[tuple[str, str]]:
    """Whom to call about violence and abuse, by the town's profile."""
    for route in routes:
        hours = f"({route.hours})" if route.hours else ""
        yield f"連絡先 {route.when}".strip(), f"{route.name} {route.phone}{hours}"
