"""A case's story as its page shows it: plain rows of text, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final

from bots.i18n.catalogue import day, moment, word
from bots.i18n.names import LAWS_OWN, Names
from bots.web.answer_rows import AnswerRow, answer_rows
from bots.web.chapters.details import detail_lines
from bots.web.chapters.principles import principles_in_review
from bots.web.chapters.rows import WHOLE, Chapter, Voice
from bots.web.chapters.told import chapters
from bots.web.deeds import capacity, deed, doer, why
from bots.web.media import Piece, piece_of
from bots.web.series_rows import SeriesRow, series_rows
from core.access import Manner
from core.audit import AuditEntry
from core.cases import Urgency
from core.contacts import Contact, Met
from core.excuses import listed
from core.ids import LetterId
from core.letters import Letter, LetterKind, LetterState
from core.municipal_profiles.profile import ERASES, Unsend
from core.people import LinkState
from core.replies import Reply, ReplyKind, ReplyState
from core.usecases.cases.show_case import CaseStory

_OPEN: Final = frozenset({LetterState.PENDING_APPROVAL, LetterState.SCHEDULED})
_LOOK: Final = frozenset({LetterState.HELD, LetterState.FAILED, LetterState.UNREACHABLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happened, with who, when and why. `about`: which letter, if it was one."""

    about: str
    when: str
    who: str
    role: str
    what: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRow:
    """A letter with every stage. `tone` is `open`, `look` (somebody should) or `still`; `leaflet`
    is what it carries, as title and address, with a colleague's reason if there is one."""

    kind: str
    state: str
    tone: str
    author: str
    window: str
    body: str
    lock_screen: str
    reason: str
    note: str
    standing: str
    template: str
    own: str
    sent: bool
    steps: tuple[Step, ...]
    leaflet: tuple[str, str, str] = ("", "", "")
    excuse: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactRow:
    """An entry of the contact log."""

    when: str
    channel: str
    met: str
    who: str
    note: str
    more: tuple[str, ...]
    next_on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyRow:
    """What the person sent. `words` is empty where there are none to show; `due` says from when
    it is read and by when a person answers, while nobody has read it; `because`, why something
    that was taken back is still here."""

    id: str
    when: str
    kind: str
    words: str
    state: str
    unread: bool
    withdrawn: bool
    due: str
    pieces: tuple[Piece, ...] = ()
    because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePage:
    """Everything on the page."""

    alias: str
    case_no: str
    state: str
    area: str
    urgency: str
    lead: str
    opened: str
    line: str
    person: tuple[tuple[str, str], ...]
    letters: tuple[LetterRow, ...]
    series: tuple[SeriesRow, ...]
    contacts: tuple[ContactRow, ...]
    replies: tuple[ReplyRow, ...]
    talk: tuple[ReplyRow | AnswerRow, ...]
    unread: int
    chapters: tuple[Chapter, ...]
    trail: tuple[Step, ...]
    more: dict[str, str]
    whole: bool
    manner: str
    principles: tuple[str, ...]


class Teller:
    """Puts a story into words, in the town's own time."""

    def __init__(
        self,
        story: CaseStory,
        *,
        at: datetime,
        tz: tzinfo,
        names: Names = LAWS_OWN,
        unsend: Unsend = ERASES,
    ) -> None:
        self._story = story
        self._unsend = unsend
        self._voice = Voice(story=story, at=at, tz=tz, names=names)
        self._tz = tz
        self._year = at.astimezone(tz).year

    def page(self) -> CasePage:
        """The whole page."""
        story, case = self._story, self._story.case
        replies = tuple(map(self._reply, story.replies))
        return CasePage(
            alias=case.alias,
            case_no=case.case_no,
            lead=self._name(case.lead_staff_id),
            **self._standing(),
            person=tuple(self._person()),
            letters=tuple(map(self._letter, story.letters)),
            series=series_rows(story, tz=self._tz),
            contacts=tuple(map(self._contact, story.contacts)),
            replies=replies,
            talk=self._talk(replies),
            unread=sum(reply.unread for reply in replies),
            chapters=chapters(self._voice),
            trail=tuple(self._trail()),
            more=story.more,
            whole=story.reader.manner in WHOLE,
            manner="" if story.reader.manner is Manner.FULL else word(story.reader.manner),
            principles=principles_in_review(story),
        )

    def _standing(self) -> dict[str, str]:
        """Where the case stands; a community supporter reads nothing of it (DOMAIN §3.7)."""
        story, case = self._story, self._story.case
        if story.reader.manner is Manner.SHARED_ONLY:
            return dict.fromkeys(("state", "area", "urgency", "opened", "line"), "")
        return {
            "state": word(case.state),
            "area": story.area,
            "urgency": "" if case.urgency is Urgency.NORMAL else word(case.urgency),
            "opened": f"{case.opened_on.year}年{day(case.opened_on)}",
            "line": self._line(),
        }

    def _when(self, at: datetime) -> str:
        year = at.astimezone(self._tz).year
        said = moment(at, tz=self._tz)
        return said if year == self._year else f"{year}年{said}"

    def _name(self, staff_id: str | None) -> str:
        name = self._story.names.get(staff_id, "") if staff_id else ""
        return f"{name}さん" if name else ""

    def _line(self) -> str:
        link = self._story.link
        if link is None:
            return word(LinkState.UNLINKED)
        said = word(link.state)
        if link.state is LinkState.PAUSED and link.paused_until is not None:
            return f"{said}({self._when(link.paused_until)} まで)"
        return said

    def _person(self) -> Iterator[tuple[str, str]]:
        person = self._story.person
        name = f"{person.name}({person.kana})" if person.kana else person.name
        rows = [("お名前", name), ("好きなもの", "、".join(person.interests))]
        rows.append(("ふれない言葉", "、".join(person.do_not_mention)))
        if person.wakes is not None and person.sleeps is not None:
            rows.append(("起きている時間", f"{person.wakes:%H:%M} から {person.sleeps:%H:%M} まで"))
        if person.shared_device:
            rows.append(("スマートフォン", "ほかの方も見ることがあります"))
        yield from ((label, said) for label, said in rows if said)

    def _letter(self, letter: Letter) -> LetterRow:
        approver = self._name(letter.approved_by)
        standing = letter.kind is LetterKind.ACKNOWLEDGEMENT
        return LetterRow(
            kind=word(letter.kind),
            state=word(letter.state),
            tone="open" if letter.state in _OPEN else "look" if letter.state in _LOOK else "still",
            author=self._name(letter.author_id),
            window=self._window(letter),
            body=letter.body,
            lock_screen=letter.alt_text,
            reason="" if letter.reason is None else word(letter.reason),
            note=letter.note,
            standing=f"決まった文({letter.acknowledges})。承認は{approver}" if standing else "",
            template=letter.template or "",
            own=letter.self_approved_reason or "",
            sent=letter.state is LetterState.SENT,
            steps=tuple(map(self._step, self._steps_of(letter))),
            leaflet=self._leaflet(letter),
            excuse=self._excuse(letter),
        )

    def _excuse(self, letter: Letter) -> str:
        """That its words were stopped and stand with a reason; the codes and the reason."""
        if not letter.excused:
            return ""
        read = (
            "を、わけを読んで承認しました" if letter.approved_by is not None else "が残っています"
        )
        return f"見直しで止まった言葉({listed(letter.excused)}){read}。わけ:{letter.excuse}"

    def _leaflet(self, letter: Letter) -> tuple[str, str, str]:
        for one in self._story.carried:
            if one.link.letter_id == letter.id:
                return one.leaflet.title, f"/s/leaflets/{one.leaflet.id}", one.link.why
        return "", "", ""

    def _window(self, letter: Letter) -> str:
        opens, closes = (at.astimezone(self._tz) for at in (letter.opens_at, letter.closes_at))
        same_day = opens.date() == closes.date()
        until = f"{closes:%H:%M}" if same_day else self._when(closes)
        return f"{self._when(opens)} から {until} まで"

    def _trail(self) -> Iterator[Step]:
        kinds = {letter.id: word(letter.kind) for letter in self._story.letters}
        for entry in self._story.trail:
            yield replace(self._step(entry), about=kinds.get(LetterId(entry.event.subject), ""))

    def _steps_of(self, letter: Letter) -> Iterator[AuditEntry]:
        return (entry for entry in self._story.letter_steps if entry.event.subject == letter.id)

    def _contact(self, contact: Contact) -> ContactRow:
        return ContactRow(
            when=self._when(contact.at),
            channel=word(contact.channel),
            met="" if contact.met is Met.NOT_APPLICABLE else word(contact.met),
            who=self._name(contact.by),
            note=contact.note,
            more=detail_lines(contact),
            next_on="" if contact.next_on is None else day(contact.next_on),
        )

    def _talk(self, replies: tuple[ReplyRow, ...]) -> tuple[ReplyRow | AnswerRow, ...]:
        """What was read and what was answered, newest first."""
        times = [reply.occurred_at for reply in self._story.replies]
        said: list[tuple[datetime, ReplyRow | AnswerRow]] = [
            (at, row) for at, row in zip(times, replies, strict=True) if not row.unread
        ]
        said += answer_rows(self._story, when=self._when, name=self._name)
        return tuple(row for _, row in sorted(said, key=lambda one: one[0], reverse=True))

    def _reply(self, reply: Reply) -> ReplyRow:
        return ReplyRow(
            id=reply.id,
            when=self._when(reply.occurred_at),
            kind="" if reply.kind is ReplyKind.TEXT else word(reply.kind),
            words=reply.text,
            state=word(reply.state),
            unread=reply.state is ReplyState.KEPT,
            withdrawn=reply.state is ReplyState.WITHDRAWN,
            due=self._due(reply),
            pieces=self._pieces(reply),
            because=self._unsend.reason if self._stays(reply) else "",
        )

    def _stays(self, reply: Reply) -> bool:
        """Taken back, and kept by the town's own rule."""
        return reply.state is ReplyState.WITHDRAWN and self._unsend.keeps

    def _pieces(self, reply: Reply) -> tuple[Piece, ...]:
        if reply.state is ReplyState.WITHDRAWN and not self._stays(reply):
            return ()
        mine = (one for one in self._story.media if one.reply_id == reply.id)
        return tuple(piece_of(one, alias=self._story.case.alias) for one in mine)

    def _due(self, reply: Reply) -> str:
        if reply.reads_from is None or reply.answer_by is None:
            return ""
        until = f"{self._when(reply.answer_by)} までに、人がお答えします"
        if reply.reads_from <= reply.received_at:
            return until
        return f"{self._when(reply.reads_from)} から読み、{until}"

    def _step(self, entry: AuditEntry) -> Step:
        return Step(
            about="",
            when=self._when(entry.event.at),
            who=doer(entry.event, self._story.names),
            role=capacity(entry.event),
            what=deed(entry.event),
            why=why(entry.event),
        )
