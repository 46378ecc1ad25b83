"""接触を記録する: what a colleague notes after a visit, a call, a word at the door."""

from typing import Final

from bots.i18n.catalogue import moment, word
from bots.web.desk.course_entries import of_case
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from core.access import Action
from core.cases import CaseState
from core.contacts import (
    BY_ITSELF,
    ContactChannel,
    ContactDetail,
    Destination,
    Direction,
    Met,
    WithWhom,
)
from core.ids import ContactId
from core.permissions import holders
from core.usecases.contacts.log_contact import log_contact
from core.usecases.courses.note_sign_of_contact import note_sign_of_contact

ROOM: Final = "日々の記録"
# What people enter by hand; LINE writes its own entries.
_BY_HAND: Final = tuple(channel for channel in ContactChannel if channel not in BY_ITSELF)


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    now = f"{view.at.astimezone(view.tz):%Y-%m-%dT%H:%M}"
    return (
        Entry(name="channel", label="どのように", kind=Kind.CHOICE, options=of_enum(_BY_HAND)),
        Entry(name="met", label="会えたか", kind=Kind.CHOICE, options=of_enum(Met)),
        Entry(name="happened_at", label="いつ", kind=Kind.MOMENT, value=now),
        Entry(
            name="note",
            label="メモ",
            kind=Kind.TEXT,
            required=False,
            help="ここにだけ残ります。Slackには出ません。",
        ),
        Entry(name="next_on", label="次の予定日", kind=Kind.DAY, required=False),
        *_about(),
        *_seen(),
        *_along(),
    )


def _about() -> tuple[Entry, ...]:
    return (
        Entry(
            name="direction",
            label="どちらから",
            kind=Kind.CHOICE,
            options=of_enum(Direction),
            required=False,
        ),
        Entry(
            name="with_whom",
            label="どなたと",
            kind=Kind.CHOICE,
            options=of_enum(WithWhom),
            required=False,
        ),
        Entry(name="place", label="場所", required=False),
        Entry(name="minutes", label="かかった時間(分)", kind=Kind.NUMBER, required=False),
    )


def _seen() -> tuple[Entry, ...]:
    return (
        Entry(name="mood", label="ご様子", required=False),
        Entry(name="new_facts", label="新しくわかったこと", kind=Kind.TEXT, required=False),
        Entry(name="agreed", label="申し合わせたこと", required=False),
        Entry(name="incident", label="危なかったこと", required=False),
        Entry(
            name="no_effort",
            label="連絡の努力には数えない",
            kind=Kind.YES,
            required=False,
        ),
    )


def _along() -> tuple[Entry, ...]:
    return (
        Entry(
            name="destination",
            label="同行した先",
            kind=Kind.CHOICE,
            options=of_enum(Destination),
            required=False,
            help="「同行」のときに選びます。",
        ),
        Entry(name="outcome", label="同行の結果", required=False),
    )


def _detail(filled: Filled) -> ContactDetail:
    return ContactDetail(
        direction=filled.maybe_one("direction", Direction),
        with_whom=filled.maybe_one("with_whom", WithWhom),
        place=filled.text("place"),
        mood=filled.text("mood"),
        new_facts=filled.text("new_facts"),
        agreed=filled.text("agreed"),
        minutes=filled.maybe_number("minutes"),
        safety_incident=filled.text("incident"),
        counts_as_effort=not filled.yes("no_effort"),
        destination=filled.maybe_one("destination", Destination),
        outcome=filled.text("outcome"),
    )


async def _act(means: Means, filled: Filled, of: str) -> str:
    await log_contact(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        channel=filled.one("channel", ContactChannel),
        met=filled.one("met", Met),
        happened_at=filled.moment("happened_at"),
        at=means.at,
        tz=means.tz,
        note=filled.text("note"),
        next_on=filled.maybe_day("next_on"),
        detail=_detail(filled),
    )
    return "接触を記録しました。"


def _sign_entries(view: View, of: str) -> tuple[Entry, ...]:
    log = tuple(
        Option(
            value=one.id,
            label=f"{moment(one.at, tz=view.tz)} {word(one.channel)} {word(one.met)}",
        )
        for one in view.story.contacts
    )
    return (
        of_case(view),
        Entry(name="contact", label="どの記録か", kind=Kind.CHOICE, options=log),
    )


async def _sign(means: Means, filled: Filled, of: str) -> str:
    await note_sign_of_contact(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        contact_id=ContactId(filled.text("contact")),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "つながりがあることを記しました。もとの段階に戻りました。"


def _in_review(view: View) -> tuple[Offer, ...]:
    return ALWAYS if view.story.case.state is CaseState.INTERRUPTION_REVIEW else ()


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="log-contact",
        title="接触を記録する",
        room=ROOM,
        who=holders(Action.LOG_CONTACT),
        entries=_entries,
        act=_act,
    ),
    Deed(
        key="note-sign",
        title="つながりのしるしを記す",
        room=ROOM,
        who=holders(Action.LOG_CONTACT),
        entries=_sign_entries,
        act=_sign,
        offered=_in_review,
        explains="明かりがついた、置き手紙がなくなった、なども、しるしです。",
    ),
)
