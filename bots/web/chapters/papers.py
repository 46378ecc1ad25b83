"""申込・アセスメント and プラン: what was written, where it stands, when it is looked at next."""

from collections.abc import Iterator
from typing import Final

from bots.i18n.catalogue import word
from bots.web.chapters.money import money_facts, money_links
from bots.web.chapters.rows import WHOLE, Chapter, Row, Voice, facts, listed
from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.plans.evaluation import EvaluationSheet
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus, PlanSheet

_P = PlanState
_DONE: Final = frozenset({_P.SUPERSEDED, _P.CLOSED, _P.INTERRUPTED})
_LOOK: Final = frozenset({_P.RETURNED, _P.EVALUATION_DUE, _P.AWAITING_DECISION})


def papers(voice: Voice) -> Chapter:
    """Applications and assessments, newest first."""
    story = voice.story
    return Chapter(
        id="papers",
        title="申込・アセスメント",
        rows=(
            *(_application(one, voice) for one in story.applications),
            *(_assessment(one, voice) for one in story.assessments),
        ),
        empty="まだ申込もアセスメントもありません。ご本人の望むときに書けます。",
    )


def plans(voice: Voice) -> Chapter:
    """Plans, edition by edition, newest first."""
    return Chapter(
        id="plans",
        title="プラン",
        rows=(*_without(voice), *(_plan(one, voice) for one in voice.story.plans)),
        empty="まだプランはありません。アセスメントのあとに、案から書きはじめます。",
    )


def _without(voice: Voice) -> Iterator[Row]:
    """A case of shared information alone says so, and why (R-092)."""
    because = voice.story.case.plan_less_because
    if because and voice.story.reader.manner in WHOLE:
        yield Row(
            title="プランをつくらず、情報の共有だけの案件です",
            facts=(("わけ", because),),
        )


def _application(form: IntakeApplicationForm, voice: Voice) -> Row:
    main = "" if form.main_topic is None else word(form.main_topic)
    others = sorted(topic for topic in form.topics if topic is not form.main_topic)
    return Row(
        title="相談受付・申込票",
        chip=word(form.version),
        when=voice.day(form.received_on),
        facts=facts(
            ("受けた方", voice.colleague(form.receiver_id)),
            ("いらした方", "" if form.visitor is None else form.visitor.name),
            ("いちばんの相談", main),
            ("ほかの相談", listed(map(word, others))),
            ("申込", listed(voice.names.programme(one) for one in sorted(form.programmes))),
            ("署名", voice.day(form.signed_on)),
            ("同意がないわけ", form.reason_without),
            ("知らせてくれた方", form.informant),
            ("同意の求め方", form.how_sought),
        ),
        words=facts_words(form.wishes),
    )


def _assessment(sheet: IntakeAssessment, voice: Voice) -> Row:
    members = (
        f"{voice.person(one.person_id)}:{listed(map(word, sorted(one.issues)))}"
        for one in sheet.members
        if one.issues
    )
    return Row(
        title="インテーク・アセスメントシート",
        chip="" if sheet.screening is None else word(sheet.screening),
        when=voice.day(sheet.assessed_on),
        facts=facts(
            ("書いた方", listed(map(voice.colleague, sheet.authors))),
            ("つないでくれたところ", voice.agency(sheet.source_agency_id)),
            ("分野", listed(map(word, sorted(sheet.fields)))),
            ("ひとりずつの課題", " / ".join(members)),
            ("関わっているところ", listed(voice.agency(one.agency_id) for one in sheet.agencies)),
            *money_facts(sheet, voice),
            ("早めのつなぎ", listed(map(voice.names.programme, sorted(sheet.early_links or ())))),
            ("次の一歩", sheet.next_step),
        ),
        words=facts_words(sheet.formulation, sheet.background, sheet.hooks),
        links=money_links(sheet, voice),
    )


def _plan(plan: Plan, voice: Voice) -> Row:
    sheet = plan.sheet
    before = sheet.legal_status is LegalStatus.PRE_CONSENT
    edition = "" if plan.edition == 1 else f" 再プラン{plan.edition - 1}"
    return Row(
        title=f"{voice.names.programme(plan.programme)}のプラン{edition}",
        chip=word(plan.state),
        tone="look" if plan.state in _LOOK else "still" if plan.state in _DONE else "open",
        when=voice.day(sheet.made_on),
        facts=facts(
            ("番号", sheet.number),
            ("書いた方", voice.colleague(sheet.maker_id)),
            ("同意", word(sheet.legal_status) if before else ""),
            ("確認の型", "" if before else word(plan.pattern)),
            *_content(sheet, voice),
            ("確定した日", voice.day(plan.final_on)),
            ("支援決定", _decision(plan, voice)),
            ("次のモニタリング", voice.day(plan.next_monitoring_on)),
            ("報告の期限", "" if plan.reported_on else voice.day(plan.report_due_on)),
            ("報告した日", voice.day(plan.reported_on)),
            *_followed(plan, voice),
            *_evaluated(plan.evaluation, voice),
        ),
        words=facts_words(sheet.wish),
    )


def _content(sheet: PlanSheet, voice: Voice) -> Iterator[tuple[str, str]]:
    yield "ほどいた課題", listed(sheet.issues)
    yield "目標", " / ".join(f"{word(goal.kind)}:{goal.text}" for goal in sheet.goals)
    yield (
        "すること",
        " / ".join(f"{voice.agency(one.agency_id)}:{one.what}" for one in sheet.actions),
    )
    yield (
        "役割",
        " / ".join(
            f"{voice.agency(one.agency_id)}{'(主担当)' if one.leads else ''}:{one.part}"
            for one in sheet.agencies
        ),
    )
    yield "使う事業", listed(map(voice.names.programme, sorted(sheet.uses)))


def _decision(plan: Plan, voice: Voice) -> str:
    town = plan.municipal
    if town is None:
        return ""
    acts = listed(map(word, sorted(town.acts)))
    return f"{voice.day(town.decided_on)} {acts} {town.content or town.reason}".strip()


def _followed(plan: Plan, voice: Voice) -> Iterator[tuple[str, str]]:
    for one in voice.story.monitorings:
        if one.plan_id == plan.id and one.done_on is not None:
            yield f"モニタリング {voice.day(one.done_on)}", one.result or "行いました"


def _evaluated(sheet: EvaluationSheet | None, voice: Voice) -> Iterator[tuple[str, str]]:
    if sheet is not None:
        yield "評価", f"{voice.day(sheet.evaluated_on)} {word(sheet.result)}"
        yield "変わったこと", sheet.change
        yield "目標について", sheet.attainment
        yield "残っていること", sheet.remaining
        yield "ご本人の受けとめ", sheet.own_view


def facts_words(*texts: str) -> tuple[str, ...]:
    """Paragraphs; empty ones left out."""
    return tuple(text for text in texts if text)
