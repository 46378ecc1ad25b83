"""この案件だけの参加者: relatives, the person, others from outside, ahead of the item (R-046)."""

from collections.abc import Iterable
from typing import Final

from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.secrecy import note_notice, note_pledge, notice_entries, pledge_entries
from bots.web.desk.sitting import MEETINGS, participant_name, people_options
from core.ids import PersonId
from core.meeting_steps import BODY_OFFICE
from core.meetings.bodies import Holder, MeetingBody, Membership, SeatKind
from core.meetings.ids import BodyId, ParticipantId
from core.usecases.meetings.admit_member import admit_member
from core.usecases.meetings.register_participant import register_participant

_OWN: Final = (SeatKind.PERSON, SeatKind.FAMILY)


def _registering(view: View, of: str) -> tuple[Entry, ...]:
    people = tuple(Option(value=one.id, label=one.name) for one in view.story.members)
    return (
        Entry(name="person", label="どなたを", kind=Kind.CHOICE, options=people),
        Entry(name="seat", label="立場", kind=Kind.CHOICE, options=of_enum(_OWN)),
    )


async def _register(means: Means, filled: Filled, of: str) -> str:
    await register_participant(
        means.uow,
        stands_for=frozenset({filled.one("seat", SeatKind)}),
        by=means.by,
        at=means.at,
        person_id=PersonId(filled.text("person")),
    )
    return "会議に招けるように登録しました。招くかどうかは、まだ決まっていません。"


def _admitting(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="who", label="どなたを", kind=Kind.CHOICE, options=people_options(view)),)


async def _admit(means: Means, filled: Filled, of: str) -> str:
    await admit_member(
        means.uow,
        body_id=BodyId(of),
        holder=Holder(participant_id=ParticipantId(filled.text("who"))),
        by=means.by,
        at=means.at,
        tz=means.tz,
        case_id=means.view.story.case.id,
    )
    return "臨時の構成員として登録しました。次に、守秘の説明をします。"


def _noticing(view: View, of: str) -> tuple[Entry, ...]:
    return notice_entries(
        (body, place, _place_name(view, body, place)) for body, place in _waiting(view)
    )


def _pledging(view: View, of: str) -> tuple[Entry, ...]:
    return pledge_entries(people_options(view), bodies=view.story.bodies)


def _bodies(view: View) -> Iterable[Offer]:
    return [Offer(of=body.id, about=body.name) for body in view.story.bodies]


def _waiting(view: View) -> tuple[tuple[MeetingBody, Membership], ...]:
    return tuple(
        (body, place)
        for body in view.story.bodies
        for place in body.members
        if place.case_id == view.story.case.id
        and place.notice_given_at is None
        and place.holds(view.at)
    )


def _unnoticed(view: View) -> Iterable[Offer]:
    return (Offer(),) if _waiting(view) else ()


def _with_people(view: View) -> Iterable[Offer]:
    return (Offer(),) if view.story.members else ()


def _with_participants(view: View) -> Iterable[Offer]:
    return (Offer(),) if view.story.participants else ()


def _place_name(view: View, body: MeetingBody, place: Membership) -> str:
    held = [one for one in view.story.participants if place.holder.is_held_by(one)]
    who = participant_name(view, held[0]) if held else ""
    return f"{body.name} {who}"


DEEDS: Final = (
    Deed(
        key="register-guest",
        title="ご本人やご家族を会議に招けるようにする",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_registering,
        act=_register,
        offered=_with_people,
        explains="来てほしいと頼むものではありません。同意と見立てがあるときだけ招きます。",
    ),
    Deed(
        key="admit-guest",
        title="臨時の構成員を登録する",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_admitting,
        act=_admit,
        offered=_bodies,
    ),
    Deed(
        key="notice-guest",
        title="守秘の説明を記録する",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_noticing,
        act=note_notice,
        offered=_unnoticed,
    ),
    Deed(
        key="pledge-guest",
        title="誓約を記録する",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_pledging,
        act=note_pledge,
        offered=_with_participants,
    ),
)
