"""What is asked of others about a household, and what is given to them, with its ground (R-006)."""

from typing import Final

from bots.i18n.catalogue import word
from bots.web.chapters.consents import scope_text
from bots.web.chapters.rows import Voice
from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import ROOM, agencies_of
from core.agencies import Role
from core.basis import Basis
from core.consent import ConsentLine
from core.disclosure import DECIDES, SHARING, Ground, SharedPart
from core.fields import Field
from core.ids import AgencyId, PersonId
from core.inquiries import InquiryGround
from core.referrals.machine import WORKERS
from core.usecases.disclosures.disclose import disclose
from core.usecases.referrals.ask_about_member import ask_about_member


def _members(view: View) -> tuple[Option, ...]:
    people = view.story.members or (view.story.person,)
    return tuple(Option(value=one.id, label=one.name) for one in people)


def _asking(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="member", label="どなたのことか", kind=Kind.CHOICE, options=_members(view)),
        Entry(name="to", label="尋ねる機関", kind=Kind.CHOICE, options=agencies_of(view)),
        Entry(name="topics", label="尋ねる分野", kind=Kind.CHOICES, options=of_enum(Field)),
        Entry(
            name="exception",
            label="同意なしに尋ねてよい、法の根拠",
            kind=Kind.TEXT,
            required=False,
            help="本人の同意も、支援会議の議題もないときだけ書きます。",
        ),
    )


async def _ask(means: Means, filled: Filled, of: str) -> str:
    asked = await ask_about_member(
        means.uow,
        case_id=means.view.story.case.id,
        member_id=PersonId(filled.text("member")),
        to_agency_id=AgencyId(filled.text("to")),
        topics=filled.texts("topics"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        legal_exception=filled.text("exception"),
    )
    told = f"尋ねたことを記録しました。根拠は「{word(asked.ground)}」です。"
    if asked.ground is not InquiryGround.CONSENT:
        told += "ご本人の同意ではないので、要ることだけを尋ねてください。"
    return told


def _proofs(view: View) -> tuple[Option, ...]:
    names = {one.id: one.name for one in view.story.members} | {
        view.story.person.id: view.story.person.name
    }
    said = {
        line: f"{names.get(line.subject, '')}さんの{word(line.type)}"
        for line in view.story.consents
        if line.type in SHARING and line.in_force(view.today)
    }
    voice = Voice(story=view.story, at=view.at, tz=view.tz)
    lines = tuple(
        Option(value=line.id, label=_told_apart(line, name, list(said.values()), voice))
        for line, name in said.items()
    )
    items = tuple(
        Option(value=item.id, label=f"支援会議の議題({word(item.purpose)})")
        for meeting in view.story.meetings
        for item in meeting.live
        if item.ground is not None and item.ground.basis is Basis.SHIEN
    )
    return lines + items


def _told_apart(line: ConsentLine, name: str, names: list[str], voice: Voice) -> str:
    """The name of a consent; with what it covers, where another is named alike."""
    return f"{name}({scope_text(line, voice)})" if names.count(name) > 1 else name


def _supporters(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=f"{one.name}さん")
        for one in view.story.staff.values()
        if one.active and Role.COMMUNITY_SUPPORTER in one.roles
    )


def _relatives(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=f"{one.name}さん(ご家族)")
        for one in view.story.members
        if len(view.story.members) > 1
    )


def _giving(view: View, of: str) -> tuple[Entry, ...]:
    checked = (
        Option(value="none", label="不当な害はないと確かめた"),
        Option(value="unjust", label="不当な害がありうる"),
    )
    return (
        Entry(name="person", label="どなたのことか", kind=Kind.CHOICE, options=_members(view)),
        Entry(
            name="to",
            label="どこへ渡すか",
            kind=Kind.CHOICE,
            options=(*_supporters(view), *_relatives(view), *agencies_of(view)),
        ),
        Entry(name="parts", label="渡すもの", kind=Kind.CHOICES, options=of_enum(SharedPart)),
        Entry(name="told", label="伝える言葉", kind=Kind.TEXT, required=False),
        Entry(name="ground", label="根拠", kind=Kind.CHOICE, options=of_enum(Ground)),
        Entry(
            name="proof",
            label="根拠になる同意や議題",
            kind=Kind.CHOICE,
            options=_proofs(view),
            required=False,
        ),
        Entry(name="reason", label="渡すわけ", kind=Kind.TEXT),
        Entry(
            name="harm",
            label="本人やほかの方への害",
            kind=Kind.CHOICE,
            options=checked,
            required=False,
        ),
        Entry(name="ends_on", label="使ってよい最後の日", kind=Kind.DAY, required=False),
    )


async def _give(means: Means, filled: Filled, of: str) -> str:
    to = filled.text("to")
    harm = filled.maybe("harm")
    supporter = to in {option.value for option in _supporters(means.view)}
    await disclose(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=PersonId(filled.text("person")),
        to=to,
        parts=filled.many("parts", SharedPart),
        ground=filled.one("ground", Ground),
        reason=filled.text("reason"),
        unjust=None if harm is None else harm == "unjust",
        by=means.by,
        at=means.at,
        tz=means.tz,
        to_role=Role.COMMUNITY_SUPPORTER if supporter else None,
        told=filled.text("told"),
        proof=filled.text("proof"),
        ends_on=filled.maybe_day("ends_on"),
    )
    return "渡したものと根拠を記録しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="ask-about-member",
        title="世帯のことを機関に尋ねる",
        room=ROOM,
        who=WORKERS,
        entries=_asking,
        act=_ask,
        explains="多機関協働が引き受けた案件で、本人の同意をもとに尋ねるのが原則です。",
    ),
    Deed(
        key="disclose",
        title="根拠を示して情報を渡す",
        room=ROOM,
        who=DECIDES[Ground.LIFE_BODY],
        entries=_giving,
        act=_give,
        explains="渡すのは、要るものだけにします。地域の方には、最後の日も決めます。",
    ),
)
