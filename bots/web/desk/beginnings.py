"""相談・気がかりを登録する: a case begins, or another course on a case that is there (R-001)."""

from typing import Final

from bots.web.desk.course_entries import ON_THE_CASE, agencies, agency_of, of_case
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import programme_options
from bots.web.desk.views import Seen, TownView, View
from core.access import Action
from core.case_beginnings import KnownAs, Newcomer
from core.cases import CaseState, Urgency
from core.discovery import Discovery, DiscoveryRoute
from core.ids import AreaId
from core.permissions import holders
from core.programmes import PLANNING, Programme
from core.usecases.courses.register_concern import register_concern
from core.usecases.courses.take_up_course import take_up_course

ROOM: Final = "案件を始める"
_URGENCIES: Final = tuple(one for one in Urgency if one is not Urgency.EMERGENCY)


def _source(told: tuple[Option, ...]) -> tuple[Entry, ...]:
    return (
        Entry(
            name="route",
            label="どこから知ったか",
            kind=Kind.CHOICE,
            options=of_enum(DiscoveryRoute),
        ),
        Entry(
            name="agency",
            label="知らせてくれた機関",
            kind=Kind.CHOICE,
            options=told,
            required=False,
        ),
        Entry(
            name="informant",
            label="知らせてくれた方",
            required=False,
            help="ここにだけ残ります。",
        ),
        Entry(name="unnamed", label="ご本人には名前を伏せる", kind=Kind.YES, required=False),
    )


def _discovery(filled: Filled, means: Means | TownMeans) -> Discovery:
    return Discovery(
        on=means.today,
        route=filled.one("route", DiscoveryRoute),
        agency_id=agency_of(filled, "agency"),
        informant=filled.text("informant"),
        anonymity_requested=filled.yes("unnamed"),
    )


def _programmes(view: Seen, of: frozenset[Programme]) -> Entry:
    options = programme_options(view, of)
    return Entry(name="programme", label="どの支援で", kind=Kind.CHOICE, options=options)


def _concern_form(view: TownView, of: str) -> tuple[Entry, ...]:
    known = sorted(view.story.agencies.values(), key=lambda agency: agency.name)
    told = tuple(Option(value=agency.id, label=agency.name) for agency in known)
    areas = tuple(Option(value=area.id, label=area.name) for area in view.story.areas)
    return (
        _programmes(view, PLANNING),
        *_source(told),
        Entry(
            name="code",
            label="町の記録の番号",
            required=False,
            help="もう記録にある方のときだけ。お名前や住所は、記録のものを使います。",
        ),
        Entry(name="name", label="お名前", required=False, help="わからなければ空けておきます。"),
        Entry(name="kana", label="ふりがな", required=False),
        Entry(name="about_age", label="おおよその年齢", kind=Kind.NUMBER, required=False),
        Entry(name="address", label="住所", required=False),
        Entry(name="phone", label="電話", required=False),
        Entry(name="area", label="圏域", kind=Kind.CHOICE, options=areas, required=False),
        Entry(
            name="household",
            label="世帯の呼び名",
            required=False,
            help="新しい世帯として記録するときに書きます。",
        ),
        Entry(
            name="urgency",
            label="急ぎの度合い",
            kind=Kind.CHOICE,
            options=of_enum(_URGENCIES),
            value=Urgency.NORMAL.value,
        ),
    )


async def _register(means: TownMeans, filled: Filled, of: str) -> str:
    code = filled.maybe("code")
    case = await register_concern(
        means.uow,
        who=_newcomer(filled) if code is None else KnownAs(code=code),
        discovery=_discovery(filled, means),
        programme=filled.one("programme", Programme),
        urgency=filled.one("urgency", Urgency),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"{case.alias}として登録しました。"


def _newcomer(filled: Filled) -> Newcomer:
    area = filled.maybe("area")
    phone = filled.maybe("phone")
    return Newcomer(
        name=filled.text("name"),
        kana=filled.text("kana"),
        about_age=filled.maybe_number("about_age"),
        address=filled.text("address"),
        phones=() if phone is None else (phone,),
        area_id=None if area is None else AreaId(area),
        household_label=filled.text("household"),
    )


def _others(view: View) -> frozenset[Programme]:
    """The courses that this case does not have."""
    story = view.story
    has = {
        Programme.OUTREACH: story.outreach is not None,
        Programme.PARTICIPATION: story.participation is not None,
        Programme.MULTI_AGENCY: story.multi_agency is not None,
    }
    return frozenset(programme for programme, there in has.items() if not there)


def _offered(view: View) -> tuple[Offer, ...]:
    gone = view.story.person.deceased_on is not None
    ended = view.story.case.state in {CaseState.NO_ACTION, CaseState.REFERRED_OUT}
    return ALWAYS if _others(view) and not gone and not ended else ()


def _more_form(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view), _programmes(view, _others(view)), *_source(agencies(view)))


async def _take_up(means: Means, filled: Filled, of: str) -> str:
    await take_up_course(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        programme=filled.one("programme", Programme),
        discovery=_discovery(filled, means),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "支援を加えました。"


def _same_household_form(view: View, of: str) -> tuple[Entry, ...]:
    others = [one for one in view.story.members if one.id != view.story.person.id]
    known = tuple(Option(value=one.id, label=one.name or one.code) for one in others)
    return (
        Entry(
            name="member",
            label="記録にあるご家族",
            kind=Kind.CHOICE,
            options=known,
            required=False,
        ),
        Entry(
            name="name",
            label="新しく知ったご家族のお名前",
            required=False,
            help="記録にない方のときに書きます。わからなければ空けておきます。",
        ),
        _programmes(view, PLANNING),
        *_source(agencies(view)),
    )


async def _same_household(means: Means, filled: Filled, of: str) -> str:
    story = means.view.story
    member = next((one for one in story.members if one.id == filled.maybe("member")), None)
    newcomer = Newcomer(
        name=filled.text("name"),
        area_id=story.person.area_id,
        household_id=story.person.household_id,
    )
    case = await register_concern(
        means.uow,
        who=newcomer if member is None else member.id,
        discovery=_discovery(filled, means),
        programme=filled.one("programme", Programme),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"{case.alias}として登録しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="take-up-course",
        title="支援を加える",
        room=ROOM,
        who=ON_THE_CASE,
        entries=_more_form,
        act=_take_up,
        offered=_offered,
    ),
    Deed(
        key="register-family",
        title="ご家族の案件を登録する",
        room=ROOM,
        who=holders(Action.CREATE_CASE),
        entries=_same_household_form,
        act=_same_household,
    ),
)
TOWN_DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="register-concern",
        title="相談・気がかりを登録する",
        room=ROOM,
        who=holders(Action.CREATE_CASE),
        entries=_concern_form,
        act=_register,
        explains="どなたのどんなことでも受けつけます。わかっていることだけで始められます。",
    ),
)
