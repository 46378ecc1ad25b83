"""申込・アセスメント: the two sheets with which a case is taken in."""

from collections.abc import Iterator
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.criteria import after_writing
from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.lines import Lines, cell, require_no_slips
from bots.web.desk.money import money_entries, money_in
from bots.web.desk.own_names import programme_names
from bots.web.desk.plan_sheet import agencies_of
from core.access import Action
from core.applications import ConsultationTopic, FormVersion, IntakeApplicationForm, Visitor
from core.assessments import (
    Housing,
    IntakeAssessment,
    IntakeRoute,
    IntakeWay,
    InvolvedAgency,
    Issue,
    MemberIssues,
    Screening,
    WorkKind,
)
from core.fields import Field
from core.ids import AgencyId, ApplicationId, AssessmentId, StaffId
from core.people import Person
from core.permissions import holders
from core.programmes import Programme
from core.usecases.plans.record_application import record_application
from core.usecases.plans.write_assessment import write_assessment

ROOM: Final = "申込・アセスメント"
_NOT_NEEDED: Final = "NOT_NEEDED"
_EARLY: Final = (Programme.OUTREACH, Programme.PARTICIPATION)


def _application(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="version", label="様式", kind=Kind.CHOICE, options=of_enum(FormVersion)),
        Entry(name="received_on", label="受付日", kind=Kind.DAY, value=view.today.isoformat()),
        _line("visitor", "来られた方(本人でないとき)"),
        _line("visitor_phone", "来られた方の電話"),
        _line("visitor_relation", "本人との関係"),
        Entry(
            name="topics",
            label="相談したいこと(○)",
            kind=Kind.CHOICES,
            required=False,
            options=of_enum(ConsultationTopic),
        ),
        Entry(
            name="main_topic",
            label="いちばん相談したいこと(◎)",
            kind=Kind.CHOICE,
            required=False,
            options=of_enum(ConsultationTopic),
        ),
        _text("wishes", "本人の希望"),
        Entry(
            name="programmes",
            label="申し込む事業",
            kind=Kind.CHOICES,
            required=False,
            options=tuple(
                Option(value=one.value, label=name) for one, name in programme_names(view).items()
            ),
        ),
        _yes("heard_privacy_rule", "個人情報の取り扱いの説明を聞いた"),
        _yes("agrees_to_sharing", "必要な機関と分かち合うことに同意している"),
        Entry(
            name="signed_on",
            label="署名の日",
            kind=Kind.DAY,
            required=False,
            help="署名があるときは、つづけて「同意を記録する」もお願いします。",
        ),
        Entry(
            name="helped_by",
            label="記入を手伝った職員",
            required=False,
            help="お名前を。ふだんは、つないでくれた窓口の方です。",
        ),
        _text("reason_without", "同意がない理由"),
        _line("informant", "情報をくださった方"),
        _text("how_sought", "同意をどのようにうかがうか"),
    )


async def _record(means: Means, filled: Filled, of: str) -> str:
    visitor = filled.maybe("visitor")
    helpers = Lines("helped_by", [(one,) for one in filled.texts("helped_by")])
    helped_by = tuple(_colleagues(helpers, means.view))
    require_no_slips(helpers)
    form = await record_application(
        means.uow,
        case_id=means.view.story.case.id,
        form=IntakeApplicationForm(
            id=ApplicationId(""),
            version=filled.one("version", FormVersion),
            received_on=filled.day("received_on"),
            receiver_id=means.by,
            visitor=None
            if visitor is None
            else Visitor(
                name=visitor,
                phone=filled.text("visitor_phone"),
                relation=filled.text("visitor_relation"),
            ),
            topics=filled.many("topics", ConsultationTopic),
            main_topic=filled.maybe_one("main_topic", ConsultationTopic),
            wishes=filled.text("wishes"),
            programmes=filled.many("programmes", Programme),
            heard_privacy_rule=filled.yes("heard_privacy_rule"),
            agrees_to_sharing=filled.yes("agrees_to_sharing"),
            signed_on=filled.maybe_day("signed_on"),
            helped_by=helped_by[0] if helped_by else None,
            reason_without=filled.text("reason_without"),
            informant=filled.text("informant"),
            how_sought=filled.text("how_sought"),
        ),
        by=means.by,
        at=means.at,
    )
    signed = "つづけて、同意を記録できます。" if form.signed_on else ""
    return f"相談受付・申込票({word(form.version)})を記録しました。{signed}"


def _assessment(view: View, of: str) -> tuple[Entry, ...]:
    return (*_beginning(view), *_household(view), *_reading(view), *_onward(view))


def _beginning(view: View) -> Iterator[Entry]:
    yield Entry(
        name="assessed_on", label="アセスメントの日", kind=Kind.DAY, value=view.today.isoformat()
    )
    yield Entry(
        name="co_authors",
        label="いっしょに書いた方(1行に1人)",
        kind=Kind.ROWS,
        required=False,
    )
    yield _choice("route", "どなたから", of_enum(IntakeRoute))
    yield _choice("way", "どのように", of_enum(IntakeWay))
    agencies = view.story.agencies.values()
    yield _choice(
        "source", "つないでくれた機関", tuple(Option(value=a.id, label=a.name) for a in agencies)
    )


def _household(view: View) -> Iterator[Entry]:
    for number, one in enumerate(_people(view)):
        yield Entry(
            name=f"issues_{number}",
            label=f"{one.name}さんの課題",
            kind=Kind.CHOICES,
            required=False,
            options=of_enum(Issue),
        )
        yield _choice(f"work_{number}", f"{one.name}さんの仕事", of_enum(WorkKind))
        yield _line(f"about_{number}", f"{one.name}さんについて")
    yield _choice("housing", "住まい", of_enum(Housing))
    yield _line("insurance", "健康保険")
    yield _line("pension", "年金")
    yield _text("health", "健康・通院・手帳")
    yield from money_entries(view)


def _reading(view: View) -> Iterator[Entry]:
    for name, label in (
        ("history", "学校・仕事のあゆみ"),
        ("ties", "家族や地域とのつながり・外出のようす"),
        ("days", "一日のリズム"),
        ("hooks", "好きなこと・得意なこと・きっかけ"),
    ):
        yield _text(name, label)
    yield Entry(
        name="fields",
        label="かかわる分野",
        kind=Kind.CHOICES,
        required=False,
        options=of_enum(Field),
    )
    yield _text("formulation", "見立て")
    yield _text("background", "背景")
    yield Entry(
        name="agencies",
        label="すでにかかわっている機関(1行に 機関 | していること)",
        kind=Kind.ROWS,
        cells=(1, 2),
        required=False,
        help=f"機関:{'、'.join(agencies_of(view))}",
    )


def _onward(view: View) -> Iterator[Entry]:
    names = programme_names(view)
    yield _yes("direct_assessment", "多機関協働の側が直接うかがった")
    yield _text("coordination_note", "どこと調整してうかがったか")
    yield Entry(
        name="early_links",
        label="早めのかかわり",
        kind=Kind.CHOICES,
        required=False,
        options=(
            *(Option(value=one.value, label=names[one]) for one in _EARLY),
            Option(value=_NOT_NEEDED, label="今は要らない"),
        ),
        help="受け入れるときは、どれかにお答えください。選んだ事業の方に、すぐお知らせします。",
    )
    yield _choice("screening", "受付の判断", of_enum(Screening))
    yield _text("next_step", "次にすること")


async def _assess(means: Means, filled: Filled, of: str) -> str:
    view = means.view
    agencies = Lines("agencies", filled.rows("agencies"))
    co_authors = Lines("co_authors", filled.rows("co_authors"))
    found_agencies = tuple(_involved(agencies, view))
    found_authors = tuple(_colleagues(co_authors, view))
    require_no_slips(co_authors, agencies)
    source = filled.maybe("source")
    early = filled.texts("early_links")
    kept = await write_assessment(
        means.uow,
        case_id=view.story.case.id,
        sheet=IntakeAssessment(
            id=AssessmentId(""),
            case_id=view.story.case.id,
            assessed_on=filled.day("assessed_on"),
            authors=(means.by, *found_authors),
            route=filled.maybe_one("route", IntakeRoute),
            way=filled.maybe_one("way", IntakeWay),
            source_agency_id=None if source is None else AgencyId(source),
            members=tuple(_members(filled, view)),
            housing=filled.maybe_one("housing", Housing),
            money=money_in(filled),
            fields=filled.many("fields", Field),
            agencies=found_agencies,
            direct_assessment=filled.yes("direct_assessment"),
            early_links=frozenset(map(Programme, set(early) - {_NOT_NEEDED})) if early else None,
            screening=filled.maybe_one("screening", Screening),
            **{name: filled.text(name) for name in _TEXTS},
        ),
        by=means.by,
        at=means.at,
        tz=means.tz,
        profile=means.profile,
    )
    return f"アセスメントを書きました。{after_writing(means, kept)}"


_TEXTS: Final = (
    "insurance",
    "pension",
    "health",
    "history",
    "ties",
    "days",
    "hooks",
    "formulation",
    "background",
    "coordination_note",
    "next_step",
)


def _people(view: View) -> tuple[Person, ...]:
    return view.story.members or (view.story.person,)


def _members(filled: Filled, view: View) -> Iterator[MemberIssues]:
    """Those of whom something was said."""
    for number, person in enumerate(_people(view)):
        one = MemberIssues(
            person_id=person.id,
            issues=filled.many(f"issues_{number}", Issue),
            work=filled.maybe_one(f"work_{number}", WorkKind),
            note=filled.text(f"about_{number}"),
        )
        if one != MemberIssues(person_id=person.id):
            yield one


def _involved(lines: Lines, view: View) -> Iterator[InvolvedAgency]:
    for number, row in lines.rows:
        agency = lines.named(number, row[0], agencies_of(view))
        if agency is not None:
            yield InvolvedAgency(agency_id=agency, holds=cell(row, 1))


def _colleagues(lines: Lines, view: View) -> Iterator[StaffId]:
    colleagues = {one.name: one.id for one in view.story.staff.values() if one.active}
    for number, row in lines.rows:
        found = lines.named(number, row[0].removesuffix("さん"), colleagues)
        if found is not None:
            yield found


def _line(name: str, label: str) -> Entry:
    return Entry(name=name, label=label, required=False)


def _text(name: str, label: str) -> Entry:
    return Entry(name=name, label=label, kind=Kind.TEXT, required=False)


def _yes(name: str, label: str) -> Entry:
    return Entry(name=name, label=label, kind=Kind.YES, required=False)


def _choice(name: str, label: str, options: tuple[Option, ...]) -> Entry:
    return Entry(name=name, label=label, kind=Kind.CHOICE, required=False, options=options)


DEEDS: Final = (
    Deed(
        key="record-application",
        title="申込票を記録する",
        room=ROOM,
        who=holders(Action.WRITE_INTAKE),
        entries=_application,
        act=_record,
        explains="わからないところは空けたままで記録できます。年齢も分野も問いません。",
    ),
    Deed(
        key="write-assessment",
        title="アセスメントを書く",
        room=ROOM,
        who=holders(Action.WRITE_INTAKE),
        entries=_assessment,
        act=_assess,
        explains="わかっているところだけで書けます。あとの見立ては、新しい1枚として残ります。",
    ),
)
