"""Answer a person, in one's own words and under one's own name (G-15)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from core.absences import Absence, first_in_place
from core.access import Action, require
from core.acknowledge import TRIED_FOR, WAITING, Manner, acknowledge
from core.agencies import Role, Staff
from core.answer_steps import (
    LIVE,
    note_read,
    reply_way,
    something_to_answer,
    told_already,
)
from core.answers import Answer, ShownAs, Untold
from core.approvals import SELF_APPROVED
from core.audit import AuditEvent
from core.binding import binding_hash
from core.cases import WRITABLE, Case, CaseResting
from core.consent import ConsentLine, ConsentState, ConsentType
from core.days import NeverOpen, local_day
from core.ids import AnswerId, CaseId, LetterId, ReplyId, StaffId
from core.letters import ANSWER_KEY, Letter, LetterKind, LetterState
from core.line_modes import LineUse
from core.lint import Proofreader, require_fit, require_of_age, require_words
from core.outbox_steps import binding, enqueue
from core.page_ways import make_way
from core.people import LineLink, LinkState, Person
from core.ports import EventReader, LetterPress, UnitOfWork, Work
from core.proofreading import proofread
from core.replies import Reply
from core.steps import moved, note_fact, refresh_desks, watchers
from core.word_steps import require_own_words

# What others may see on a phone (G-11) is no matter on the person's own page.
_ON_A_PHONE = frozenset({"L5", "L6"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What was done.

    Attributes:
        opens_at: when it, or the line that there is something to read, leaves; None: not at all.
        as_reply: it can go as a reply, which no quota counts.
        untold: why nothing leaves; None where something does.
    """

    answer: Answer
    opens_at: datetime | None = None
    as_reply: bool = False
    untold: Untold | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Talk:
    """What an answer stands in: who to whom, about what, when, and with which tools."""

    work: Work
    case: Case
    person: Person
    author: Staff
    role: Role
    last: Reply
    link: LineLink | None
    consent: ConsentLine | None
    at: datetime
    tz: tzinfo
    opens_at: datetime | None
    press: LetterPress
    use: LineUse

    @property
    def untold(self) -> Untold | None:
        """Whether the account can be written to; a rest that began before the person spoke again
        does not keep an answer to that from them."""
        link, given = self.link, self.consent and self.consent.state is ConsentState.GIVEN
        known = link is not None and link.unconfirmed_since is None
        if link is None or not known or not given or self.opens_at is None:
            return Untold.NOT_REACHABLE
        if link.reachable(self.at):
            return None
        if link.state is not LinkState.PAUSED:
            return Untold.NOT_REACHABLE
        spoke_since = link.state_since is not None and self.last.occurred_at > link.state_since
        return None if spoke_since else Untold.RESTING


async def answer_person(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    text: str,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    press: LetterPress,
    reader: EventReader,
    closed_days: frozenset[date] = frozenset(),
    seen: Collection[ReplyId] = (),
) -> Answered:
    """Write the answer down; with the commit it lies on the person's page, and what is to leave
    over LINE because of it lies in the outbox.

    Over LINE goes the answer itself in DIRECT_CHAT, else the pre-approved line that there is
    something to read. What was planned for this person is held from now on (G-27).

    Args:
        proof: reads the words, and knows how the town uses LINE.
        reader: reads LINE's event again, for its reply token.
        seen: replies that the author had before the eyes; they count as read.

    Raises:
        NotYours. OnlyApprovedWords: G-06. MinorsNotWrittenTo: G-24. CaseResting: R-022.
        NothingToAnswer: G-03. NothingWritten, WordingBlocked: S1.
    """
    async with uow.write() as work:
        case, seats = await work.cases.get(case_id), await work.staff.seats(case_id)
        author = await work.staff.get(by)
        role = require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats).role
        await require_own_words(work, author, text)
        person = await _answerable(work, case, text)
        last = await something_to_answer(work, case_id, at=at)
        await note_read(work, case_id, by=by, role=role, at=at, seen=seen)
        await note_fact(work, case_id, at=at)
        talk = _Talk(
            work=work,
            case=await work.cases.get(case_id),
            person=person,
            author=author,
            role=role,
            last=last,
            link=await work.links.of_person(person.id),
            consent=await work.consents.current(person.id, ConsentType.CHANNEL_LINE),
            at=at,
            tz=tz,
            opens_at=await _opens(work, person, last, at=at, tz=tz, closed_days=closed_days),
            press=press,
            use=proof.use,
        )
        away = await _stands_in_for(talk, watchers(case, seats), on=local_day(at, tz=tz))
        told = await _in_their_words(talk, text.strip(), away)
        answered = await _answered(talk, told, away, reader=reader, proof=proof)
        await work.cards.redraw((case_id,), at=at)
        await refresh_desks(work, watchers(case, seats), at=at)
        await work.commit()
        return answered


async def _answerable(work: Work, case: Case, text: str) -> Person:
    person = await work.people.get(case.person_id)
    if case.state not in WRITABLE:
        raise CaseResting(state=case.state.value)
    require_words(text)
    require_of_age(person, rules=(await work.towns.get()).letters)
    return person


async def _opens(
    work: Work,
    person: Person,
    last: Reply,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
) -> datetime | None:
    """At once while the person is there; later as any letter (G-05). None: there is no hour."""
    if at - last.received_at < LIVE:
        return at
    rules = (await work.towns.get()).letters
    hours = rules.hours(
        wakes=person.wakes,
        sleeps=person.sleeps,
        closed_days=closed_days,
        wishes=person.letter_wishes,
    )
    try:
        return max(at, hours.next_opening(at, tz=tz))
    except NeverOpen:
        return None


async def _stands_in_for(talk: _Talk, usual: Collection[StaffId], *, on: date) -> Absence | None:
    """The absence in which the author answers for somebody else, while the person was not told."""
    return first_in_place(
        talk.author.id,
        usual=usual,
        away=await talk.work.absences.of_day(on),
        answered=await talk.work.answers.of_person(talk.person.id, limit=50),
    )


async def _in_their_words(talk: _Talk, text: str, away: Absence | None) -> str:
    """The words as the person reads them: a deputy says once who writes, and in whose place."""
    if away is None:
        return text
    usual = (await talk.work.staff.get(away.staff_id)).name
    return f"{usual}が留守のあいだ、{talk.author.name}が代わりに書きます。\n{text}"


async def _answered(
    talk: _Talk, text: str, away: Absence | None, *, reader: EventReader, proof: Proofreader
) -> Answered:
    work, at = talk.work, talk.at
    over_line = talk.use.direct and talk.untold is None and not talk.person.shared_device
    answer = Answer(
        id=AnswerId(work.new_id()),
        municipality_id=work.municipality_id,
        person_id=talk.person.id,
        case_id=talk.case.id,
        text=text,
        by=talk.author.id,
        at=at,
        shown_as=ShownAs.LINE if over_line else ShownAs.PAGE,
        in_place_of=None if away is None else away.staff_id,
    )
    letter = _letter(talk, answer)
    found = await proofread(work, letter, at=at, proof=proof)
    require_fit(tuple(one for one in found if over_line or one.code not in _ON_A_PHONE))
    if over_line:
        way = await reply_way(work, talk.last, reader=reader, at=at)
        await _send(talk, letter, reply=way)
        return await _kept(
            talk,
            Answered(
                answer=replace(answer, letter_id=letter.id),
                opens_at=letter.opens_at,
                as_reply=way is not None,
            ),
        )
    return await _kept(talk, await _told_of(talk, answer, reader=reader))


async def _told_of(talk: _Talk, answer: Answer, *, reader: EventReader) -> Answered:
    """The answer lies on the page; the neutral line goes over LINE where it is needed, as a reply
    while the person has only just spoken."""
    work, at, link = talk.work, talk.at, talk.link
    if talk.untold is not None or link is None:
        return Answered(answer=answer, untold=talk.untold)
    if await told_already(work, talk.person.id, since=talk.last.received_at, at=at):
        return Answered(answer=answer, untold=Untold.TOLD_ALREADY)
    way = await make_way(work, talk.person.id, at=at, by=talk.author.id)
    line = await acknowledge(
        work,
        WAITING,
        link=link,
        person_id=talk.person.id,
        case_id=talk.case.id,
        press=talk.press,
        at=at,
        tz=talk.tz,
        manner=Manner(
            opens_at=talk.opens_at,
            command_key=f"{ANSWER_KEY}{answer.id}",
            page=way,
            reply=await reply_way(work, talk.last, reader=reader, at=at),
        ),
    )
    if line is None:
        return Answered(answer=answer, untold=Untold.NO_TEXT)
    return Answered(answer=replace(answer, letter_id=line.id), opens_at=line.opens_at)


def _letter(talk: _Talk, answer: Answer) -> Letter:
    """The letter in which the answer goes over LINE: signed, and neutral on a lock screen."""
    at = talk.at
    opens_at = talk.opens_at or at
    name = talk.author.name
    signed = answer.text if name in answer.text else f"{answer.text}\n({name})"
    decision = talk.use.decision
    ground = "" if decision is None else f"{decision.decided_by} {decision.reference}"
    return Letter(
        id=LetterId(talk.work.new_id()),
        municipality_id=talk.work.municipality_id,
        case_id=talk.case.id,
        person_id=talk.person.id,
        kind=LetterKind.REPLY,
        body=signed,
        alt_text=f"{name}からのひとこと",
        author_id=talk.author.id,
        opens_at=opens_at,
        closes_at=opens_at + TRIED_FOR,
        state=LetterState.SCHEDULED,
        created_at=at,
        approved_by=talk.author.id,
        approved_at=at,
        approved_facts=talk.case.facts,
        bound_hash="",
        decided_by=talk.author.id,
        decided_at=at,
        command_key=f"{ANSWER_KEY}{answer.id}",
        self_approved_reason=ground.strip() or answer.id,
    )


async def _send(talk: _Talk, letter: Letter, *, reply: tuple[str, datetime] | None) -> None:
    """Freeze it, bind it, and put it into the outbox. That its author stands for it alone rests on
    the municipality's decision, and the record says so as of any letter."""
    work, at, link = talk.work, talk.at, talk.link
    assert link is not None
    request = talk.press.freeze(
        to=link.line_user_id, body=letter.body, alt_text=letter.alt_text, with_buttons=True
    )
    bound = binding_hash(binding(letter, link, talk.consent, request))
    letter = replace(letter, bound_hash=bound)
    await work.letters.add(letter)
    await enqueue(work, letter, request, reply=reply)
    approved = moved(
        letter,
        LetterState.APPROVED,
        at=at,
        actor=talk.author.id,
        role=talk.role.value,
        reason=SELF_APPROVED,
        evidence=(f"bound={bound}", "ground=direct_chat"),
    )
    await work.audit.append(approved, moved(letter, LetterState.SCHEDULED, at=at))


async def _kept(talk: _Talk, answered: Answered) -> Answered:
    answer = answered.answer
    await talk.work.answers.add(answer)
    told = (f"untold={answered.untold}",) if answered.untold else ()
    stands_in = (f"in_place_of={answer.in_place_of}",) if answer.in_place_of else ()
    await talk.work.audit.append(
        AuditEvent(
            action="answer.written",
            at=talk.at,
            actor=talk.author.id,
            role=talk.role.value,
            subject=answer.id,
            case_id=answer.case_id,
            now=answer.shown_as.value,
            evidence=(*told, *stands_in),
        )
    )
    return answered
