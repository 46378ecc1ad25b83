"""お返事を書く: what a colleague answers a person, at the replies on the case's page."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import moment, say, word
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, held
from bots.web.desk.filled import Filled
from core.absences import first_in_place
from core.access import Action
from core.answer_steps import ANSWERABLE
from core.cases import WRITABLE
from core.days import NeverOpen, SendingHours
from core.ids import ReplyId, StaffId
from core.letters import LetterKind
from core.line_modes import USUAL_USE, LineUse
from core.permissions import holders
from core.replies import ReplyState
from core.usecases.letters.write_letter import write_letter
from core.usecases.replies.answer_person import Answered, answer_person

ROOM: Final = "お返事"


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    unread = [reply.id for reply in view.story.replies if reply.state is ReplyState.KEPT]
    return (
        Entry(
            name="words",
            label="ご本人への言葉",
            kind=Kind.TEXT,
            help=" ".join((say(f"answering.help.{_manner(_use(view))}"), *_says_who(view))),
        ),
        held("seen", " ".join(unread)),
    )


def _use(view: View) -> LineUse:
    return USUAL_USE if view.pen is None else view.pen.proof.use


def _manner(use: LineUse) -> str:
    if use.second_person:
        return "second"
    return "line" if use.direct else "page"


def _says_who(view: View) -> Iterable[str]:
    """That a deputy writes is said to the person once, at the head of the words."""
    names, lead = view.story.names, view.story.case.lead_staff_id
    absence = first_in_place(
        view.reader,
        usual=(*(() if lead is None else (lead,)), *map(StaffId, names)),
        away=view.story.absences,
        answered=view.story.answers,
    )
    if absence is not None:
        usual, deputy = names[absence.staff_id], names.get(view.reader, "")
        yield say("answering.deputy_says", usual=usual, deputy=deputy)


async def _answer(means: Means, filled: Filled, of: str) -> str:
    if means.proof.use.second_person:
        return await _ask(means, filled)
    press, reader = means.press, means.reader
    answered = await answer_person(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        text=filled.text("words"),
        at=means.at,
        tz=means.tz,
        proof=means.proof,
        press=press,
        reader=reader,
        closed_days=means.closed_days,
        seen=frozenset(map(ReplyId, filled.text("seen").split())),
    )
    return _said(means, answered)


async def _ask(means: Means, filled: Filled) -> str:
    """The town wants a second person for answers, too: a letter like any other."""
    person = means.view.story.person
    hours = (
        means.view.story.letter_rules.hours(
            wakes=person.wakes, sleeps=person.sleeps, closed_days=means.closed_days
        )
        if means.view.story.letter_rules
        else SendingHours(closed_days=means.closed_days)
    )
    try:
        opens_at = hours.next_opening(means.at, tz=means.tz)
    except NeverOpen:
        opens_at = means.at
    await write_letter(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        body=filled.text("words"),
        opens_at=opens_at,
        at=means.at,
        tz=means.tz,
        proof=means.proof,
        closed_days=means.closed_days,
        kind=LetterKind.REPLY,
    )
    return say("answering.asked")


def _said(means: Means, answered: Answered) -> str:
    if answered.untold is not None:
        return word(answered.untold)
    opens_at = answered.opens_at
    later = opens_at is not None and opens_at > means.at
    when = moment(opens_at, tz=means.tz) if opens_at is not None and later else ""
    way = answered.answer.shown_as.value.lower()
    if later:
        return say(f"answering.done.{way}_later", when=when)
    return say(f"answering.done.{'reply' if answered.as_reply else way}")


def _answerable(view: View) -> Iterable[Offer]:
    newest = max((reply.received_at for reply in view.story.replies), default=None)
    there = newest is not None and view.at - newest < ANSWERABLE
    return ALWAYS if there and view.story.case.state in WRITABLE else ()


DEED: Final = Deed(
    key="answer-person",
    title="お返事を書く",
    room=ROOM,
    who=holders(Action.WRITE_LETTER),
    entries=_entries,
    act=_answer,
    offered=_answerable,
    explains="あなたの名前でお返事します。言葉はSlackには出ません。",
)
DEEDS: Final[tuple[Deed, ...]] = (DEED,)
