"""Declare an occasion and write one text to many; a second person approves it (R-087)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case
from core.days import local_day
from core.errors import CaseworkError
from core.ids import AreaId, LetterId, NoticeId, StaffId
from core.letter_window import fitting_window
from core.letters import Letter, LetterKind, LetterState, notice_key
from core.line_modes import require_let_in
from core.lint import LetterContext, Proofreader, TextKind, require_fit, require_words
from core.notice_steps import (
    cases_for,
    in_service,
    passes_pace,
    readers,
    show_card,
    why_not,
)
from core.notices import (
    LeftOut,
    Notice,
    NoticeMode,
    Occasion,
    event_of,
    require_bulk_notice,
    require_occasion,
)
from core.ports import UnitOfWork, Work
from core.word_steps import require_own_words

_STAGES = (LetterState.DRAFT, LetterState.LINTED, LetterState.PENDING_APPROVAL)


class NobodyToApprove(CaseworkError):
    """No second person of the municipality could approve the notice. Facts: `allowed`."""

    rule = "G-06"


class OutsideOccasion(CaseworkError):
    """The letters would arrive when the occasion is over. Facts: `until`, an ISO date."""

    rule = "R-087"


async def write_notice(
    uow: UnitOfWork,
    *,
    occasion: Occasion,
    body: str,
    alt_text: str,
    areas: frozenset[AreaId],
    mode: NoticeMode,
    opens_at: datetime,
    closes_at: datetime,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
    command_key: str | None = None,
) -> Notice:
    """One letter for each person whom LINE may reach, and a list of the others; all wait.

    Args:
        alt_text: what lock screens show instead of the words; "" for the words themselves.
        areas: whose cases; none means the whole town.
        opens_at, closes_at: the window of every letter; aware.
        command_key: the front's key; the same key twice is one notice.

    Raises:
        NotFound, NotActive: the door. NotByTheMunicipality, OccasionIncomplete, OutsideOccasion:
        R-087. NobodyToApprove, OnlyApprovedWords: G-06. NothingWritten, WordingBlocked: S1.
        WindowUnfit: G-05. ModeForbids: DOMAIN §9.
    """
    async with uow.write() as work:
        if command_key and (known := await work.notices.by_command(command_key)):
            return known
        author = await in_service(work, by)
        role = require_bulk_notice(author.roles, in_disaster=occasion.holds(local_day(at, tz=tz)))
        require_occasion(occasion)
        await require_own_words(work, author, body)
        await _require_text(work, body, alt_text, author=author.name, at=at, proof=proof)
        window = await _window(work, occasion, opens_at, closes_at, at, tz, closed_days)
        second = [one for one in await readers(work) if one != by]
        if not second:
            raise NobodyToApprove(allowed="SEAT_OFFICER")
        notice = Notice(
            id=NoticeId(work.new_id()),
            municipality_id=work.municipality_id,
            occasion=occasion,
            areas=areas,
            mode=mode,
            body=body.strip(),
            alt_text=alt_text.strip(),
            opens_at=window[0],
            closes_at=window[1],
            author_id=by,
            created_at=at,
            command_key=command_key,
        )
        letters, notice = await _addressed(
            work, notice, at=at, tz=tz, proof=proof, closed_days=closed_days
        )
        return await _enter(work, notice, letters, second, role=role)


async def _enter(
    work: Work,
    notice: Notice,
    letters: Sequence[Letter],
    second: Sequence[StaffId],
    *,
    role: Role,
) -> Notice:
    """The notice as it now waits; the other one when the same command was faster elsewhere."""
    if not await work.notices.add(notice):
        faster = await work.notices.by_command(notice.command_key or "")
        assert faster is not None
        return faster
    for letter in letters:
        await work.letters.add(letter)
        await work.audit.append(*_written(letter))
    at, told = notice.created_at, (f"letters={len(letters)}", f"elsewise={len(notice.left_out)}")
    by = notice.author_id
    await work.audit.append(
        event_of(notice, "notice.written", by=by, role=role, at=at, evidence=told)
    )
    await show_card(work, notice, second, at=at)
    await work.commit()
    return notice


async def _window(
    work: Work,
    occasion: Occasion,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
) -> tuple[datetime, datetime]:
    """The window of every letter, in the town's hours and while the occasion lasts."""
    rules = (await work.towns.get()).letters
    hours = rules.hours(wakes=None, sleeps=None, closed_days=closed_days)
    window = fitting_window(opens_at, closes_at, at=at, tz=tz, hours=hours)
    if local_day(window[1], tz=tz) > occasion.until:
        raise OutsideOccasion(until=occasion.until.isoformat())
    return window


async def _require_text(
    work: Work, body: str, alt_text: str, *, author: str, at: datetime, proof: Proofreader
) -> None:
    """The words by themselves, before they are read for each person."""
    require_let_in(proof.use.mode, LetterKind.NOTICE)
    require_words(body)
    context = LetterContext(
        kind=TextKind.NOTICE,
        today=proof.today(at),
        rules=(await work.towns.get()).letters,
        alt_text=alt_text.strip(),
        author=author,
    )
    require_fit(proof.read(body.strip(), context=context))


async def _addressed(
    work: Work,
    notice: Notice,
    *,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date],
) -> tuple[list[Letter], Notice]:
    """A letter for each whom LINE may reach, and the notice that says who is left out and why."""
    letters, left_out = [], []
    for case in await cases_for(work, notice):
        letter = _letter(work, notice, case)
        person = await work.people.get(case.person_id)
        why = await why_not(
            work, letter, person, at=at, tz=tz, proof=proof, closed_days=closed_days
        )
        if why is None:
            letters.append(letter)
        else:
            left_out.append(LeftOut(case_id=case.id, why=why))
    return letters, replace(notice, left_out=tuple(left_out))


def _letter(work: Work, notice: Notice, case: Case) -> Letter:
    return Letter(
        id=LetterId(work.new_id()),
        municipality_id=notice.municipality_id,
        case_id=case.id,
        person_id=case.person_id,
        kind=LetterKind.NOTICE,
        body=notice.body,
        alt_text=notice.alt_text,
        author_id=notice.author_id,
        opens_at=notice.opens_at,
        closes_at=notice.closes_at,
        state=LetterState.PENDING_APPROVAL,
        created_at=notice.created_at,
        command_key=notice_key(notice.id, case.person_id),
        passes_pace=passes_pace(notice),
    )


def _written(letter: Letter) -> Iterator[AuditEvent]:
    for was, now in zip((None, *_STAGES), _STAGES, strict=False):
        yield AuditEvent(
            action=f"letter.{now.value.lower()}",
            at=letter.created_at,
            actor=letter.author_id,
            role=Role.MUNICIPAL_OFFICER.value,
            subject=letter.id,
            case_id=letter.case_id,
            was=was.value if was else "",
            now=now.value,
            evidence=(f"notice={letter.notice_id}",),
        )
