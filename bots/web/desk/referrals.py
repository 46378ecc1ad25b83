"""つなぎ on the desk of whoever hands on: explain, ask, send, read the news (F1 to F4, F8)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import in_own_words, programme_names
from bots.web.desk.parties import (
    agencies_of,
    at_stage,
    name_of,
    on_roll,
    only_version,
    referral_deed,
    referral_in,
    step_of,
    version_of,
)
from core.ids import AgencyId, PlanId, StaffId
from core.programmes import Programme
from core.referrals.record import (
    OUTREACH_OR_PARTICIPATION,
    ROLES_TO_DIVIDE,
    HandbackPurpose,
    ReferralKind,
    ReferralState,
    Worry,
    WorryMeasure,
)
from core.usecases.referrals.draft_referral import draft_referral
from core.usecases.referrals.explain_referral import explain_referral
from core.usecases.referrals.finish_referral import finish_referral
from core.usecases.referrals.note_answer import note_answer
from core.usecases.referrals.send_referral import send_referral

_S = ReferralState
_ABOUT: Final = {
    ReferralKind.TO_MULTI_AGENCY: Programme.MULTI_AGENCY,
    ReferralKind.TO_OUTREACH: Programme.OUTREACH,
    ReferralKind.TO_PARTICIPATION: Programme.PARTICIPATION,
}


def _kinds(view: View) -> tuple[Option, ...]:
    """Where to, by the town's own names of its programmes."""
    return tuple(
        Option(value=kind.value, label=in_own_words(word(kind), _ABOUT.get(kind), view))
        for kind in ReferralKind
    )


def _reasons(view: View) -> tuple[Option, ...]:
    names = programme_names(view)
    early = f"{names[Programme.OUTREACH]}や{names[Programme.PARTICIPATION]}が要りそう"
    return (
        Option(value=ROLES_TO_DIVIDE, label="いくつかの機関で役割を分けたい"),
        Option(value=OUTREACH_OR_PARTICIPATION, label=early),
    )


def _drafting(view: View, of: str) -> tuple[Entry, ...]:
    plans = tuple(
        Option(value=plan.id, label=f"{programme_names(view)[plan.programme]} 第{plan.edition}版")
        for plan in view.story.plans
    )
    closing = (
        Entry(
            name="purpose",
            label="つなぎもどしの目的",
            kind=Kind.CHOICE,
            options=of_enum(HandbackPurpose),
            required=False,
            help="つなぎもどしと、終結後のつなぎのときだけ選びます。",
        ),
        Entry(
            name="plan", label="もとになるプラン", kind=Kind.CHOICE, options=plans, required=False
        ),
        Entry(
            name="prepared",
            label="受けとる方に、前もって話してある",
            kind=Kind.YES,
            required=False,
        ),
    )
    return (
        Entry(name="kind", label="どこへつなぐか", kind=Kind.CHOICE, options=_kinds(view)),
        Entry(name="to", label="つなぎ先の機関", kind=Kind.CHOICE, options=agencies_of(view)),
        Entry(name="contact", label="宛先の窓口や担当の方", required=False),
        Entry(
            name="code",
            label=in_own_words("多機関協働へつなぐ理由", Programme.MULTI_AGENCY, view),
            kind=Kind.CHOICE,
            options=_reasons(view),
            required=False,
        ),
        Entry(name="reason", label="そのほかの理由", required=False),
        Entry(
            name="summary",
            label="困りごとの要点",
            kind=Kind.TEXT,
            help="受けとる方に要ることだけを書きます。",
        ),
        Entry(
            name="requested",
            label="あわせて知りたいこと(1行にひとつ)",
            kind=Kind.ROWS,
            required=False,
        ),
        *closing,
    )


async def _draft(means: Means, filled: Filled, of: str) -> str:
    plan = filled.maybe("plan")
    drafted = await draft_referral(
        means.uow,
        case_id=means.view.story.case.id,
        kind=filled.one("kind", ReferralKind),
        to_agency_id=AgencyId(filled.text("to")),
        reason=filled.text("code") or filled.text("reason"),
        summary=filled.text("summary"),
        by=means.by,
        at=means.at,
        to_contact=filled.text("contact"),
        requested=tuple(row[0] for row in filled.rows("requested")),
        purpose=filled.maybe_one("purpose", HandbackPurpose),
        plan_id=None if plan is None else PlanId(plan),
        prepared=filled.yes("prepared"),
    )
    to = name_of(means.view.story.agencies, drafted.to_agency_id)
    return f"{to}へのつなぎを書きはじめました。次に、本人に説明します。"


def _explaining(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="worry", label="本人の不安", kind=Kind.CHOICE, options=of_enum(Worry)),
        Entry(
            name="measures",
            label="不安をやわらげるために申し出たこと",
            kind=Kind.CHOICES,
            options=of_enum(WorryMeasure),
            required=False,
        ),
        version_of(view, of),
    )


async def _explain(means: Means, filled: Filled, of: str) -> str:
    await explain_referral(
        means.uow,
        worry=filled.one("worry", Worry),
        measures=filled.many("measures", WorryMeasure),
        own_criteria=frozenset({referral_in(means.view, of).reason}),
        **step_of(means, filled, of),
    )
    return "本人に説明したことを記録しました。お返事は、本人の言葉のまま残します。"


def _answering(view: View, of: str) -> tuple[Entry, ...]:
    answers = (
        Option(value="yes", label="つないでよい"),
        Option(value="not_yet", label="いまはまだ"),
    )
    return (
        Entry(name="answer", label="本人の答え", kind=Kind.CHOICE, options=answers),
        Entry(name="words", label="本人の言葉", kind=Kind.TEXT),
        version_of(view, of),
    )


async def _answer(means: Means, filled: Filled, of: str) -> str:
    accepts = filled.text("answer") == "yes"
    await note_answer(
        means.uow, accepts=accepts, own_words=filled.text("words"), **step_of(means, filled, of)
    )
    return "本人の答えを記録しました。" + ("" if accepts else "急がずに待ちます。")


def _sendable(view: View) -> Iterable[Offer]:
    yield from at_stage(_S.ACCEPTED_BY_PERSON, receiver=False)(view)
    for offer in at_stage(_S.NOT_YET, receiver=False)(view):
        if referral_in(view, offer.of).kind is ReferralKind.TO_OUTREACH:
            yield offer


def _sending(view: View, of: str) -> tuple[Entry, ...]:
    referral = referral_in(view, of)
    there = on_roll(view, referral.to_agency_id)
    addressee = (
        Entry(
            name="staff",
            label="宛先の担当者",
            kind=Kind.CHOICE,
            options=there,
            required=False,
            help="選んだ方は、この案件を開けるようになります。",
        ),
    )
    return (
        Entry(
            name="contact",
            label="宛先の窓口や担当の方",
            value=referral.to_contact,
            required=not there,
        ),
        *(addressee if there else ()),
        version_of(view, of),
    )


async def _send(means: Means, filled: Filled, of: str) -> str:
    there = on_roll(means.view, referral_in(means.view, of).to_agency_id)
    staff = filled.maybe("staff") if there else None
    sent = await send_referral(
        means.uow,
        to_contact=filled.text("contact"),
        to_staff_id=None if staff is None else StaffId(staff),
        closed_days=means.closed_days,
        **step_of(means, filled, of),
    )
    by = "" if sent.acknowledge_by is None else f"{sent.acknowledge_by:%-m月%-d日}までに、"
    return f"つなぎを送りました。{by}受けとりの知らせが来ます。"


async def _finish(means: Means, filled: Filled, of: str) -> str:
    await finish_referral(means.uow, **step_of(means, filled, of))
    return "その後を読みました。このつなぎは済みました。"


DEEDS: Final[tuple[Deed, ...]] = (
    referral_deed("draft-referral", "つなぎを書きはじめる", entries=_drafting, act=_draft),
    referral_deed(
        "explain-referral",
        "つなぎ先のことを本人に説明した",
        entries=_explaining,
        act=_explain,
        offered=at_stage(_S.DRAFT, _S.NOT_YET, receiver=False),
        explains="どんなところか、何をするところかを、本人に話してから進めます。",
    ),
    referral_deed(
        "note-referral-answer",
        "つなぎへの本人の答えを書く",
        entries=_answering,
        act=_answer,
        offered=at_stage(_S.EXPLAINED, receiver=False),
    ),
    referral_deed("send-referral", "つなぎを送る", entries=_sending, act=_send, offered=_sendable),
    referral_deed(
        "finish-referral",
        "その後を読んだ",
        entries=only_version,
        act=_finish,
        offered=at_stage(_S.FEEDBACK_GIVEN, receiver=False),
    ),
)
