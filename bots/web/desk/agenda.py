"""会議に諮る: what becomes of a wish to discuss a case, and the agenda (M1, M2, M10)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.criteria import directors_words, prompt_words, when_words
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import programme_options
from bots.web.desk.sitting import (
    MEETINGS,
    hand_over,
    hand_over_item,
    item_version,
    items_in,
    meetings_in,
    version_of,
    where,
)
from bots.web.desk.sittings import sitting_offers
from core.basis import Basis
from core.fields import Field
from core.ids import AgencyId, PersonId
from core.meetings.asking import ItemAsked
from core.meetings.changes import TAKES_PAPERS
from core.meetings.items import AgendaPurpose, ShienPurpose
from core.meetings.sittings import BEFORE_HELD
from core.municipal_profiles.bodies import filled_seats, guests_needing_notice, own_body
from core.municipal_profiles.duties import runs_of
from core.programmes import PLANNING, Programme
from core.transitions import ANY_STAFF
from core.usecases.meetings.add_item import add_item
from core.usecases.meetings.drop_item import drop_item
from core.usecases.meetings.preview_item import ItemPreview, preview_item
from core.usecases.meetings.propose_meeting import propose_meeting
from core.usecases.meetings.request_meeting import request_meeting


def _asking(view: View, of: str) -> tuple[Entry, ...]:
    story = view.story
    others = tuple(
        Option(value=one.id, label=one.name) for one in story.members if one.id != story.person.id
    )
    agencies = tuple(Option(value=a.id, label=a.name) for a in story.agencies.values())
    home = (
        Entry(
            name="others",
            label="いっしょに話し合うご家族",
            kind=Kind.CHOICES,
            options=others,
            required=False,
            help="同意は、お一人ずつ確かめます。",
        ),
    )
    return (
        Entry(name="purpose", label="何のために", kind=Kind.CHOICE, options=of_enum(AgendaPurpose)),
        Entry(
            name="programmes",
            label="どの事業のことか",
            kind=Kind.CHOICES,
            options=programme_options(view, PLANNING),
            required=False,
        ),
        Entry(
            name="shien_purpose",
            label="支援会議になるときの目的",
            kind=Kind.CHOICE,
            options=of_enum(ShienPurpose),
            required=False,
            help="共有の同意がないときは支援会議で話し合います。そのときに要ります。",
        ),
        *(home if others else ()),
        Entry(
            name="topics",
            label="話す内容の分野",
            kind=Kind.CHOICES,
            options=of_enum(Field),
            required=False,
        ),
        Entry(
            name="wish",
            label="希望する会議",
            kind=Kind.CHOICE,
            options=of_enum((Basis.SHIEN, Basis.CASE, Basis.OTHER)),
            required=False,
            help="空欄のままで、同意に合った会議になります。",
        ),
        Entry(
            name="referrer",
            label="つないだ相談支援事業者",
            kind=Kind.CHOICE,
            options=agencies,
            required=False,
        ),
        Entry(name="is_pupil", label="学校に通う方が関わっている", kind=Kind.YES, required=False),
        Entry(name="is_urgent", label="急ぎ", kind=Kind.YES, required=False),
    )


def _asked(view: View, filled: Filled) -> ItemAsked:
    has_home = len(view.story.members) > 1
    fields = filled.many("topics", Field)
    referrer = filled.maybe("referrer")
    return ItemAsked(
        purpose=filled.one("purpose", AgendaPurpose),
        case_id=view.story.case.id,
        others=frozenset(map(PersonId, filled.texts("others"))) if has_home else frozenset(),
        topics=frozenset(field.value for field in fields),
        fields=fields,
        programmes=filled.many("programmes", Programme),
        is_urgent=filled.yes("is_urgent"),
        is_pupil=filled.yes("is_pupil"),
        wish=filled.maybe_one("wish", Basis),
        shien_purpose=filled.maybe_one("shien_purpose", ShienPurpose),
        referrer_agency_id=None if referrer is None else AgencyId(referrer),
    )


async def _look(means: Means, filled: Filled, of: str) -> str:
    seen = await preview_item(
        means.uow,
        asked=_asked(means.view, filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
        profile=means.profile,
        closed_days=means.closed_days,
        runs=runs_of(means.profile),
    )
    said = f"話し合う場は、{where(means.view, seen.ground)}"
    if seen.seats:
        said += f"出る席: {'、'.join(_seats(means, seen))}。"
    said += _guests(means, seen)
    if seen.suggested:
        hints = "、".join(f"{word(s.seat)}({word(s.reason)})" for s in seen.suggested)
        said += f"声をかけるとよい方: {hints}。"
    return said + when_words(seen.dates)


def _guests(means: Means, seen: ItemPreview) -> str:
    """Who comes here for one case only, and is bound to secrecy first (R-041)."""
    own = own_body(means.profile, seen.body.id)
    titles = "、".join(one.title for one in (() if own is None else guests_needing_notice(own)))
    return f"案件ごとに加わる方(守秘の説明が先です): {titles}。" if titles else ""


def _seats(means: Means, seen: ItemPreview) -> Iterable[str]:
    """The seats that are filled at this item, by the town's own titles where it has them."""
    own = own_body(means.profile, seen.body.id)
    titled = {one.seat: one for one in (() if own is None else filled_seats(own))}
    for need in seen.seats:
        one = titled.get(need.seat)
        holder = f"({one.held_by})" if one and one.held_by else ""
        yield f"{one.title}{holder}" if one else word(need.seat)


async def _measure(means: Means, filled: Filled, of: str) -> str:
    """Against the town's own criterion (R-090)."""
    if means.profile is None:
        return "この町の定めが読み込まれていません。"
    seen = await propose_meeting(
        means.uow,
        case_id=means.view.story.case.id,
        profile=means.profile,
        by=means.by,
        at=means.at,
        tz=means.tz,
        closed_days=means.closed_days,
    )
    known = directors_words(seen.directors)
    if seen.prompt is None:
        return f"目安には、いまのところ当たりません。{known}"
    return prompt_words(seen.prompt) + known


async def _request(means: Means, filled: Filled, of: str) -> str:
    meeting = await request_meeting(
        means.uow,
        asked=_asked(means.view, filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
        profile=means.profile,
    )
    return f"会議に諮りました。{where(means.view, meeting.items[0].ground)}"


async def _add(means: Means, filled: Filled, of: str) -> str:
    meeting = await add_item(
        means.uow,
        asked=_asked(means.view, filled),
        profile=means.profile,
        **hand_over(means, filled, of),
    )
    return f"議題を加えました。{where(means.view, meeting.items[-1].ground)}"


def _to_add(view: View) -> Iterable[Offer]:
    return meetings_in(view, TAKES_PAPERS)


def _adding(view: View, of: str) -> tuple[Entry, ...]:
    return (*_asking(view, of), *version_of(view, of))


def _to_join(view: View) -> Iterable[Offer]:
    """Sittings of other cases that still take an item."""
    own = {meeting.id for meeting in view.story.meetings}
    others = [one for one in view.story.sittings if one.state in TAKES_PAPERS and one.id not in own]
    return sitting_offers(others, view.story.bodies, tz=view.tz)


def _joining(view: View, of: str) -> tuple[Entry, ...]:
    version = next(one.version for one in view.story.sittings if one.id == of)
    return (*_asking(view, of), held("version", version))


def _dropping(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="reason", label="取り下げる理由", kind=Kind.TEXT), *item_version(view, of))


async def _drop(means: Means, filled: Filled, of: str) -> str:
    told = hand_over_item(means, filled, of)
    told.pop("tz")
    await drop_item(means.uow, reason=filled.text("reason"), **told)
    return "議題を取り下げました。"


DEEDS: Final = (
    Deed(
        key="preview-item",
        title="どの会議で話すか確かめる",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_asking,
        act=_look,
        explains="まだ何も申し込みません。いまの同意から、どの会議になるかだけを確かめます。",
    ),
    Deed(
        key="measure-case",
        title="会議に諮る目安を見る",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=lambda view, of: (),
        act=_measure,
        explains="いちばん新しいアセスメントの分野を、この町の目安と照らします。",
    ),
    Deed(
        key="request-meeting",
        title="会議に諮る",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_asking,
        act=_request,
        explains="どの会議で話し合うかは、いまの同意で決まります。",
    ),
    Deed(
        key="add-item",
        title="議題を加える",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_adding,
        act=_add,
        offered=_to_add,
    ),
    Deed(
        key="join-sitting",
        title="ほかの会議の議題に加える",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_joining,
        act=_add,
        offered=_to_join,
        explains="ほかの案件の会議に、この案件の議題を加えます。話し合いは議題ごとに分かれています。",
    ),
    Deed(
        key="drop-item",
        title="議題を取り下げる",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_dropping,
        act=_drop,
        offered=lambda view: items_in(view, BEFORE_HELD),
    ),
)
