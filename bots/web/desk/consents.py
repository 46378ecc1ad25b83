"""同意: explained, given, not now, asked again, widened, taken back (C1 to C6)."""

from collections.abc import Iterable
from typing import Any, Final

from bots.i18n.catalogue import word
from bots.i18n.names import LAWS_OWN, names_of
from bots.web.chapters.consents import scope_text
from bots.web.chapters.rows import Voice
from bots.web.desk.consent_scopes import ASKED_BY_STAFF, people_of, read_scope, scope_entries
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled, rows_of
from core.consent import ConsentLine, ConsentState, ConsentType
from core.consent.evidence import (
    Evidence,
    EvidenceKind,
    LetterEvidence,
    MessageEvidence,
    OralEvidence,
    SignedForm,
)
from core.consent.giver import Giver
from core.ids import ConsentId, PersonId, StaffId
from core.transitions import RECORDERS
from core.usecases.consents.ask_again import ask_again
from core.usecases.consents.decline_for_now import decline_for_now
from core.usecases.consents.explain_consent import explain_consent
from core.usecases.consents.record_given import record_given
from core.usecases.consents.widen_consent import widen_consent
from core.usecases.consents.withdraw_consent import withdraw_consent

ROOM: Final = "同意"
PROOFS: Final = (
    EvidenceKind.SIGNED_FORM,
    EvidenceKind.ORAL,
    EvidenceKind.LETTER,
    EvidenceKind.MESSAGE,
)
_WIDENS: Final = frozenset(ASKED_BY_STAFF) - {ConsentType.SERVICE_USE, ConsentType.ATTEND}
_SHOWN: Final = Entry(
    name="shown",
    label="お見せした内容",
    kind=Kind.ROWS,
    help="一行に一つ。ご本人がご覧になった言葉で。",
)
_TEXT: Final = Entry(name="text_version", label="説明に使った文章の版", value="1")


def _line(view: View, of: str) -> ConsentLine:
    return next(line for line in view.story.consents if line.id == of)


def _called(view: View, line: ConsentLine) -> str:
    """Whose consent to what, as one line of a choice."""
    names = LAWS_OWN if view.profile is None else names_of(view.profile)
    voice = Voice(story=view.story, at=view.at, tz=view.tz, names=names)
    about = scope_text(line, voice)
    return f"{voice.person(line.subject)}・{word(line.type)}" + (f"・{about}" if about else "")


def _lines_at(view: View, *states: ConsentState) -> Iterable[Offer]:
    for line in view.story.consents:
        if line.state in states and line.type is not ConsentType.CHANNEL_LINE:
            yield Offer(of=line.id, about=_called(view, line))


def _step(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    return {
        "case_id": means.view.story.case.id,
        "consent_id": ConsentId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
    }


def _version(view: View, of: str) -> Entry:
    return held("version", _line(view, of).version)


def _shown(filled: Filled) -> tuple[str, ...]:
    return tuple(" ".join(row) for row in rows_of(filled.text("shown")))


# C1


def _kinds(view: View) -> Iterable[Offer]:
    return [Offer(of=kind.value, about=word(kind)) for kind in ASKED_BY_STAFF]


def _explain_entries(view: View, of: str) -> tuple[Entry, ...]:
    subject = Entry(
        name="subject",
        label="どなたの同意か",
        kind=Kind.CHOICE,
        options=people_of(view),
        value=view.story.person.id,
    )
    return (subject, *scope_entries(view, ConsentType(of)), _TEXT, _SHOWN)


async def _explain(means: Means, filled: Filled, of: str) -> str:
    line = await explain_consent(
        means.uow,
        case_id=means.view.story.case.id,
        subject=PersonId(filled.text("subject")),
        scope=read_scope(filled, means.view, ConsentType(of)),
        text_version=filled.text("text_version"),
        shown=_shown(filled),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"説明を記録しました({_called(means.view, line)})。お返事は、急ぎません。"


# C2


def _given_entries(view: View, of: str) -> tuple[Entry, ...]:
    staff = tuple(
        Option(value=one.id, label=one.name)
        for one in sorted(view.story.staff.values(), key=lambda member: member.code)
        if one.active
    )
    return (
        _version(view, of),
        Entry(
            name="giver",
            label="同意した方",
            kind=Kind.CHOICE,
            options=people_of(view),
            value=_line(view, of).subject,
        ),
        Entry(
            name="authority",
            label="法定代理人の書類",
            required=False,
            help="ご本人のほかの方が同意したときだけ。",
        ),
        Entry(name="proof", label="何でわかるか", kind=Kind.CHOICE, options=of_enum(PROOFS)),
        Entry(name="on", label="その日", kind=Kind.DAY, value=view.today.isoformat()),
        Entry(name="place", label="場所", required=False, help="口頭のとき。"),
        Entry(
            name="words",
            label="ご本人の言葉",
            kind=Kind.TEXT,
            required=False,
            help="口頭と、送られた文のとき。",
        ),
        Entry(
            name="witness",
            label="もう一人の立会い",
            kind=Kind.CHOICE,
            options=staff,
            required=False,
            help="口頭のとき。",
        ),
        Entry(
            name="document",
            label="書類の置き場所",
            required=False,
            help="署名の用紙、手紙、送られた文の番号。",
        ),
        Entry(name="expires_on", label="いつまで", kind=Kind.DAY, required=False),
        Entry(name="chosen", label="ご本人が、自分で選びました", kind=Kind.YES),
    )


def _evidence(filled: Filled, *, by: StaffId) -> Evidence:
    match filled.one("proof", EvidenceKind):
        case EvidenceKind.SIGNED_FORM:
            return SignedForm(document=filled.text("document"), signed_on=filled.day("on"))
        case EvidenceKind.LETTER:
            return LetterEvidence(document=filled.text("document"), received_on=filled.day("on"))
        case EvidenceKind.MESSAGE:
            return MessageEvidence(message_id=filled.text("document"), words=filled.text("words"))
        case _:
            witness = filled.maybe("witness")
            return OralEvidence(
                said_on=filled.day("on"),
                place=filled.text("place"),
                words=filled.text("words"),
                heard_by=by,
                second_witness=None if witness is None else StaffId(witness),
            )


async def _give(means: Means, filled: Filled, of: str) -> str:
    line = await record_given(
        means.uow,
        **_step(means, filled, of),
        giver=Giver(person_id=PersonId(filled.text("giver")), authority=filled.text("authority")),
        evidence=_evidence(filled, by=means.by),
        chosen_by_person=filled.yes("chosen"),
        expires_on=filled.maybe_day("expires_on"),
        tz=means.tz,
    )
    return f"同意を記録しました({_called(means.view, line)})。"


# C3, C4


async def _decline(means: Means, filled: Filled, of: str) -> str:
    await decline_for_now(means.uow, **_step(means, filled, of))
    return "いまは見合わせると記録しました。30日は、こちらから持ち出しません。"


def _again_entries(view: View, of: str) -> tuple[Entry, ...]:
    why = Entry(name="why_now", label="なぜ、いまか", kind=Kind.TEXT)
    return (_version(view, of), why)


async def _again(means: Means, filled: Filled, of: str) -> str:
    await ask_again(means.uow, **_step(means, filled, of), why_now=filled.text("why_now"))
    return "あらためて説明していることを記録しました。"


# C6


def _wideners(view: View) -> Iterable[Offer]:
    for line in view.story.consents:
        if line.in_force(view.today) and line.type in _WIDENS:
            yield Offer(of=line.id, about=_called(view, line))


def _widen_entries(view: View, of: str) -> tuple[Entry, ...]:
    line = _line(view, of)
    asked = scope_entries(view, line.type, now=line.scope)
    return (_version(view, of), *asked, _TEXT, _SHOWN)


async def _widen(means: Means, filled: Filled, of: str) -> str:
    line = _line(means.view, of)
    await widen_consent(
        means.uow,
        **_step(means, filled, of),
        scope=read_scope(filled, means.view, line.type),
        text_version=filled.text("text_version"),
        shown=_shown(filled),
        tz=means.tz,
    )
    return "広げることについて、説明を記録しました。いまの同意は、そのまま続いています。"


# C5


def _in_force(view: View) -> Iterable[ConsentLine]:
    return (line for line in view.story.consents if line.state is ConsentState.GIVEN)


def _any_given(view: View) -> Iterable[Offer]:
    return (Offer(),) if any(_in_force(view)) else ()


def _withdraw_entries(view: View, of: str) -> tuple[Entry, ...]:
    options = tuple(
        Option(value=f"{line.id} {line.version}", label=_called(view, line))
        for line in _in_force(view)
    )
    return (
        Entry(
            name="lines",
            label="取り下げる同意",
            kind=Kind.CHOICES,
            options=options,
            help="わけは、たずねません。迷うときは、みな選んでください。",
        ),
    )


async def _withdraw(means: Means, filled: Filled, of: str) -> str:
    chosen = dict(value.rsplit(" ", 1) for value in filled.texts("lines"))
    if not chosen:
        raise Unfilled([Slip(name="lines", said="どの同意かをお選びください。")])
    await withdraw_consent(
        means.uow,
        case_id=means.view.story.case.id,
        consents={ConsentId(one): int(version) for one, version in chosen.items()},
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "取り下げを記録しました。この同意によっていたものは、いま、すべて止まりました。"


def _deed(key: str, title: str, **rest: Any) -> Deed:
    return Deed(key=key, title=title, room=ROOM, who=RECORDERS, **rest)


DEEDS: Final = (
    _deed(
        "explain-consent",
        "同意について説明する",
        offered=_kinds,
        entries=_explain_entries,
        act=_explain,
        explains="説明しただけでは、同意になりません。",
    ),
    _deed(
        "record-consent",
        "同意を記録する",
        offered=lambda view: _lines_at(view, ConsentState.EXPLAINING),
        entries=_given_entries,
        act=_give,
    ),
    _deed(
        "decline-consent",
        "いまは見合わせる",
        offered=lambda view: _lines_at(view, ConsentState.EXPLAINING),
        entries=lambda view, of: (_version(view, of),),
        act=_decline,
        explains="わけは、たずねません。",
    ),
    _deed(
        "ask-again",
        "あらためて説明する",
        offered=lambda view: _lines_at(view, ConsentState.DECLINED_FOR_NOW),
        entries=_again_entries,
        act=_again,
    ),
    _deed(
        "widen-consent",
        "同意を広げる説明をする",
        offered=_wideners,
        entries=_widen_entries,
        act=_widen,
    ),
    _deed(
        "withdraw-consent",
        "同意の取り下げを記録する",
        offered=_any_given,
        entries=_withdraw_entries,
        act=_withdraw,
        explains="どんな言葉でも、どの手段でも、すぐに取り下げられます。",
    ),
)
