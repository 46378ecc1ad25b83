"""会議体と構成員: who may sit in the town's bodies, their notices and pledges (R-041, R-046)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.secrecy import note_notice, note_pledge, notice_entries, pledge_entries
from bots.web.desk.views import TownView
from core.ids import AgencyId, StaffId
from core.meeting_steps import BODY_OFFICE
from core.meetings.bodies import Holder, MeetingBody, Membership, Participant, SeatKind
from core.meetings.ids import BodyId, MembershipId, ParticipantId
from core.transitions import ANY_STAFF
from core.usecases.cases.find_case import find_case
from core.usecases.meetings.admit_member import admit_member
from core.usecases.meetings.count_studies import count_studies
from core.usecases.meetings.end_membership import end_membership
from core.usecases.meetings.register_participant import register_participant

ROOM: Final = "会議体と構成員"
# The person and relatives are registered where their case is read, never on a page of the town.
_SEATS: Final = tuple(seat for seat in SeatKind if seat not in (SeatKind.PERSON,))


def _registering(view: TownView, of: str) -> tuple[Entry, ...]:
    story = view.story
    colleagues = tuple(
        Option(value=one.id, label=one.name) for one in story.staff.values() if one.active
    )
    agencies = tuple(Option(value=a.id, label=a.name) for a in story.agencies.values())
    return (
        Entry(name="staff", label="職員", kind=Kind.CHOICE, options=colleagues, required=False),
        Entry(
            name="agency",
            label="機関",
            kind=Kind.CHOICE,
            options=agencies,
            required=False,
            help="職員を選ぶときは、空欄のままでその方の所属になります。",
        ),
        Entry(name="seats", label="立場", kind=Kind.CHOICES, options=of_enum(_SEATS)),
        Entry(name="contractor", label="委託先の方", kind=Kind.YES, required=False),
        Entry(
            name="tax_officer",
            label="税の仕事をしている方",
            kind=Kind.YES,
            required=False,
            help="会議には加われますが、税の情報は本人の同意がなければ出せません。",
        ),
        Entry(name="until", label="契約・任期の終わり", kind=Kind.MOMENT, required=False),
    )


async def _register(means: TownMeans, filled: Filled, of: str) -> str:
    staff, agency = filled.maybe("staff"), filled.maybe("agency")
    await register_participant(
        means.uow,
        stands_for=filled.many("seats", SeatKind),
        by=means.by,
        at=means.at,
        staff_id=None if staff is None else StaffId(staff),
        agency_id=None if agency is None else AgencyId(agency),
        is_contractor=filled.yes("contractor"),
        tax_officer=filled.yes("tax_officer"),
        serves_until=filled.maybe_moment("until"),
    )
    return "会議の参加者として登録しました。"


def _admitting(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="who", label="どなたを", kind=Kind.CHOICE, options=_participants(view)),
        Entry(
            name="case",
            label="この案件だけの構成員(案件の記号)",
            required=False,
            help="臨時の構成員は、議題が始まる前に登録します。例: A-12",
        ),
    )


async def _admit(means: TownMeans, filled: Filled, of: str) -> str:
    alias = filled.maybe("case")
    case = None if alias is None else await find_case(means.uow, alias=alias)
    await admit_member(
        means.uow,
        body_id=BodyId(of),
        holder=Holder(participant_id=ParticipantId(filled.text("who"))),
        by=means.by,
        at=means.at,
        tz=means.tz,
        case_id=None if case is None else case.id,
    )
    if case is None:
        return "構成員を加えました。同意の範囲が変わるので、議題を確かめ直しました。"
    return f"{case.alias}の臨時の構成員を登録しました。次に、守秘の説明をします。"


def _noticing(view: TownView, of: str) -> tuple[Entry, ...]:
    return notice_entries(
        (body, place, _place_name(view, body, place))
        for body in view.story.bodies
        for place in body.members
        if place.holds(view.at) and place.notice_given_at is None
    )


def _pledging(view: TownView, of: str) -> tuple[Entry, ...]:
    return pledge_entries(_participants(view), bodies=view.story.bodies)


def _leaving(view: TownView, of: str) -> tuple[Entry, ...]:
    body = next(body for body in view.story.bodies if body.id == of)
    places = tuple(
        Option(value=place.id, label=_place_name(view, body, place))
        for place in body.members
        if place.holds(view.at)
    )
    return (
        Entry(name="place", label="どなたが", kind=Kind.CHOICE, options=places),
        Entry(name="reason", label="理由", required=False),
    )


async def _leave(means: TownMeans, filled: Filled, of: str) -> str:
    await end_membership(
        means.uow,
        body_id=BodyId(of),
        membership_id=MembershipId(filled.text("place")),
        by=means.by,
        at=means.at,
        tz=means.tz,
        reason=filled.text("reason"),
    )
    return "構成員から外れたことを記録しました。"


async def _count(means: TownMeans, filled: Filled, of: str) -> str:
    profile = means.profile
    counted = profile and await count_studies(
        means.uow, profile=profile, by=means.by, at=means.at, tz=means.tz
    )
    if not profile or not profile.study or not counted:
        return "この町では、回数の定めがありません。"
    said = f"{counted.fiscal_year}年度の{profile.study.name}は{counted.held}回です"
    said += f"(めやす {counted.least}回以上)。"
    return said + (f"年度末までに、あと{counted.missing}回です。" if counted.warns else "")


def _studies(view: TownView) -> Iterable[Offer]:
    study = None if view.profile is None else view.profile.study
    return () if study is None else (Offer(about=study.name),)


def _bodies(view: TownView) -> Iterable[Offer]:
    return [Offer(of=body.id, about=body.name) for body in view.story.bodies]


def _unnoticed(view: TownView) -> Iterable[Offer]:
    waits = any(
        place.notice_given_at is None and place.holds(view.at)
        for body in view.story.bodies
        for place in body.members
    )
    return (Offer(),) if waits else ()


def _participants(view: TownView) -> tuple[Option, ...]:
    # Relatives have no name on this page; they are registered on their case's.
    return tuple(
        Option(value=one.id, label=_name(view, one))
        for one in view.story.participants
        if one.person_id is None
    )


def _name(view: TownView, one: Participant) -> str:
    staff = view.story.staff.get(one.staff_id) if one.staff_id is not None else None
    agency = view.story.agencies.get(one.agency_id) if one.agency_id is not None else None
    who = staff.name if staff else agency.name if agency else ""
    return f"{who}({'・'.join(word(seat) for seat in sorted(one.stands_for))})"


def _place_name(view: TownView, body: MeetingBody, place: Membership) -> str:
    held = [one for one in view.story.participants if place.holder.is_held_by(one)]
    agency = view.story.agencies.get(place.holder.agency_id or AgencyId(""))
    who = _name(view, held[0]) if held else agency.name if agency else ""
    return f"{body.name} {who}"


DEEDS: Final = (
    TownDeed(
        key="register-participant",
        title="会議の参加者を登録する",
        room=ROOM,
        who=BODY_OFFICE,
        entries=_registering,
        act=_register,
    ),
    TownDeed(
        key="admit-member",
        title="構成員を加える",
        room=ROOM,
        who=BODY_OFFICE,
        entries=_admitting,
        act=_admit,
        offered=_bodies,
    ),
    TownDeed(
        key="give-notice",
        title="守秘の説明を記録する",
        room=ROOM,
        who=BODY_OFFICE,
        entries=_noticing,
        act=note_notice,
        offered=_unnoticed,
    ),
    TownDeed(
        key="sign-pledge",
        title="誓約を記録する",
        room=ROOM,
        who=BODY_OFFICE,
        entries=_pledging,
        act=note_pledge,
    ),
    TownDeed(
        key="count-studies",
        title="開いた回数を見る",
        room=ROOM,
        who=ANY_STAFF,
        entries=lambda view, of: (),
        act=_count,
        offered=_studies,
    ),
    TownDeed(
        key="end-membership",
        title="構成員から外す",
        room=ROOM,
        who=BODY_OFFICE,
        entries=_leaving,
        act=_leave,
        offered=_bodies,
    ),
)
