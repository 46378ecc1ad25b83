"""わけを読んで承認する: why stopped words stand is read on the page as in Slack."""

from collections.abc import Iterable, Iterator
from typing import Final

from bots.i18n.catalogue import finding_text, say, word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, held
from bots.web.desk.filled import Filled
from core.access import Action
from core.excuses import listed
from core.ids import LetterId
from core.letters import Letter
from core.lint import LetterContext, TextKind, blocking
from core.permissions import holders
from core.steps import WAITING_FOR_APPROVAL
from core.usecases.letters.approve_letter import approve_letter

ROOM: Final = "おたより"


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    letter = _letter(view, of)
    codes = listed(letter.excused)
    return (
        held("version", letter.version),
        held("facts", view.story.case.facts),
        held("codes", codes),
        Entry(
            name="read",
            label=f"わけを読みました。止まった言葉({codes})を、このまま届けてよいです",
            kind=Kind.YES,
            help="\n".join(_told(view, letter)),
        ),
    )


def _told(view: View, letter: Letter) -> Iterator[str]:
    """The words, what was stopped in them and why it stands."""
    yield f"言葉:「{letter.body}」"
    if letter.alt_text:
        yield f"ロック画面に出る言葉:「{letter.alt_text}」"
    yield "止まった言葉:" + "、".join(_stopped(view, letter))
    yield f"書いた人のわけ:{letter.excuse}"


def _stopped(view: View, letter: Letter) -> Iterator[str]:
    """Read once more for the page; what decides is read again as it is approved."""
    if view.pen is None:
        return
    context = LetterContext(
        kind=TextKind.of(letter.kind),
        today=view.today,
        alt_text=letter.alt_text,
        language_style=view.story.person.language_style,
    )
    found = blocking(view.pen.proof.read(letter.body, context=context))
    yield from (finding_text(one) for one in found if one.code in letter.excused)


async def _approve(means: Means, filled: Filled, of: str) -> str:
    await approve_letter(
        means.uow,
        letter_id=LetterId(of),
        version=filled.number("version"),
        facts=filled.number("facts"),
        by=means.by,
        at=means.at,
        press=means.press,
        proof=means.proof,
        closed_days=means.closed_days,
        excused=frozenset(filled.text("codes").split()),
    )
    return say("approvals.excused_done")


def _letter(view: View, of: str) -> Letter:
    letters = (*view.story.letters, *view.story.series_letters)
    return next(letter for letter in letters if letter.id == of)


def _to_read(view: View) -> Iterable[Offer]:
    """Letters of others that wait with a reason; whoever wrote one does not accept it (G-06)."""
    may = frozenset[str]() if view.pen is None else view.pen.proof.excusable
    return tuple(
        Offer(of=letter.id, about=word(letter.kind))
        for letter in view.story.letters
        if letter.state in WAITING_FOR_APPROVAL
        and letter.excuse
        and letter.excused
        and letter.excused <= may
        and letter.author_id != view.reader
    )


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="approve-excused",
        title=say("approvals.excused_title"),
        room=ROOM,
        who=holders(Action.APPROVE_LETTER),
        entries=_entries,
        act=_approve,
        offered=_to_read,
        explains="あなたが承認したことと、止まった言葉の番号が、記録に残ります。",
    ),
)
