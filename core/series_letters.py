"""The letters of a series: made from words, worded anew, given back; inside an open transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.audit import AuditEvent
from core.cadence.planning import Part
from core.errors import CaseworkError
from core.ids import LetterId, StaffId
from core.letters import Letter, LetterKind, LetterState
from core.line_modes import require_let_in
from core.lint import Proofreader, require_words
from core.ports import Work
from core.proofreading import proofread
from core.series import Series, SeriesStep, StepGone, StepWords, Told
from core.series_plan import Ground
from core.steps import Overtaken, move, moved

_TAKES_BACK: Final = (LetterState.HELD,)
_KINDS: Final = {
    Part.ONE_OF_MANY: LetterKind.CHECK_IN,
    Part.PRE_LAST: LetterKind.PRE_LAST,
    Part.LAST: LetterKind.LAST,
}
_A_DAY: Final = timedelta(days=1)


class SeriesWordsBlocked(CaseworkError):
    """The words of one letter of the series cannot go out as they are.

    Facts: `step`, `codes`.
    """

    rule = "S1"


async def require_words_fit(
    work: Work,
    series: Series,
    words: Mapping[str, StepWords],
    *,
    at: datetime,
    proof: Proofreader,
) -> None:
    """Refuse words that may not go out, naming the step, before their day is known.

    Raises:
        NothingWritten. SeriesWordsBlocked: facts `step`.
    """
    first = await first_letter_step(work, series)
    for key, one in words.items():
        step = replace(series.step(key), words=one, opens_at=at, closes_at=at + _A_DAY)
        probe = _letter_of(series, step, first=first, at=at, id_=LetterId(""), asks_again=False)
        await _require_fit(work, probe, key, at=at, proof=proof)


async def _require_fit(
    work: Work, letter: Letter, key: str, *, at: datetime, proof: Proofreader
) -> None:
    require_let_in(proof.use.mode, letter.kind)
    require_words(letter.body)
    found = await proofread(work, letter, at=at, proof=proof)
    blocking = tuple(finding for finding in found if finding.level == "block")
    if blocking:
        codes = " ".join(sorted({finding.code for finding in blocking}))
        raise SeriesWordsBlocked(step=key, codes=codes)


async def first_letter_step(work: Work, series: Series) -> str | None:
    """The step that would be the first letter this person gets; None where they know us."""
    sent = any(one.sent_at is not None for one in await work.letters.of_case(series.case_id))
    going = [step.key for step in series.steps if step.untaken is None]
    return going[0] if going and not sent else None


def kind_of(step: SeriesStep, *, first: str | None) -> LetterKind:
    """As which kind of letter a step is written; the end is told, then made (G-21).

    Args:
        first: the step that would be the first letter this person gets; it says what a first
            letter says, whatever else it is.
    """
    return LetterKind.FIRST if step.key == first else _KINDS[step.part]


async def put_letters(
    work: Work,
    series: Series,
    ground: Ground,
    *,
    by: StaffId | str,
    role: str,
    at: datetime,
    proof: Proofreader | None = None,
) -> Series:
    """Make a letter of each step that has words, a window still to come and no letter yet.

    Args:
        proof: reads the words; None for words that were read when they were given.

    Raises:
        NothingWritten. SeriesWordsBlocked: facts `step`.
    """
    first = await first_letter_step(work, series)
    changed = []
    for step in series.steps:
        late = step.closes_at is None or step.closes_at <= at
        if step.words is None or not step.waits_for_words or late or step.opens_at is None:
            continue
        letter = _letter_of(
            series,
            step,
            first=first,
            at=at,
            id_=LetterId(work.new_id()),
            asks_again=step.opens_at - at >= ground.rules.approval_lasts,
        )
        if proof is not None:
            await _require_fit(work, letter, step.key, at=at, proof=proof)
        if not await work.letters.add(letter):
            raise Overtaken(what="series")
        await work.audit.append(*_written(letter, by=by, role=role, at=at))
        changed.append(replace(step, letter_id=letter.id))
    return series.with_steps(changed)


async def reword(
    work: Work,
    standing: Told,
    words: StepWords,
    *,
    by: StaffId,
    role: str,
    at: datetime,
    proof: Proofreader,
) -> None:
    """A letter with other words waits for approval again, whatever it was before.

    Raises:
        StepGone: it is on its way. NothingWritten. SeriesWordsBlocked.
    """
    letter = standing.letter
    if letter is None:
        return
    if letter.state is not LetterState.DRAFT:
        if not await give_back(work, letter, author_id=by, note="", at=at, by=by, role=role):
            raise StepGone(step=standing.step.key)
        letter = await work.letters.get(letter.id)
    first = standing.step.key if letter.kind is LetterKind.FIRST else None
    again = move(
        letter,
        LetterState.PENDING_APPROVAL,
        via=(LetterState.LINTED,),
        kind=kind_of(standing.step, first=first),
        body=words.body.strip(),
        alt_text=words.alt_text.strip(),
        template=words.template,
        season=words.season,
        note="",
        excuse=None,
        excused=frozenset(),
    )
    await _require_fit(work, again, standing.step.key, at=at, proof=proof)
    if not await work.letters.change(again, version=letter.version):
        raise StepGone(step=standing.step.key)
    event = moved(letter, LetterState.PENDING_APPROVAL, at=at, actor=by, role=role)
    await work.audit.append(replace(event, action="letter.rewritten"))


async def name_kinds(work: Work, series: Series, *, at: datetime) -> None:
    """Letters of steps that have become the end, or are it no more, are of that kind from now on;
    so are those that were written before these kinds had names (G-21).

    What an approval binds stays as it is: a kind is not part of it, and who reads the letter the
    next time reads it as what it is.
    """
    for step in series.steps:
        if step.letter_id is None:
            continue
        letter = await work.letters.get(step.letter_id)
        kind = kind_of(step, first=None)
        if letter.kind in {kind, LetterKind.FIRST}:
            continue
        named = replace(letter, kind=kind, version=letter.version + 1)
        if not await work.letters.change(named, version=letter.version):
            raise Overtaken(what="series")
        event = moved(
            letter, letter.state, at=at, action="letter.kind_named", evidence=(f"kind={kind}",)
        )
        await work.audit.append(event)
        await work.cards.redraw(letter.cards, at=at)


def _letter_of(
    series: Series,
    step: SeriesStep,
    *,
    first: str | None,
    at: datetime,
    id_: LetterId,
    asks_again: bool,
) -> Letter:
    assert step.words is not None and step.opens_at is not None and step.closes_at is not None
    return Letter(
        id=id_,
        municipality_id=series.municipality_id,
        case_id=series.case_id,
        person_id=series.person_id,
        kind=kind_of(step, first=first),
        body=step.words.body.strip(),
        alt_text=step.words.alt_text.strip(),
        template=step.words.template,
        season=step.words.season,
        author_id=series.author_id,
        opens_at=max(step.opens_at, at),
        closes_at=step.closes_at,
        state=LetterState.PENDING_APPROVAL,
        created_at=at,
        command_key=f"series:{series.id}:{step.key}",
        asks_again=asks_again,
    )


def _written(letter: Letter, *, by: str, role: str, at: datetime) -> Iterable[AuditEvent]:
    stages = (LetterState.DRAFT, LetterState.LINTED, LetterState.PENDING_APPROVAL)
    for was, now in zip((None, *stages), stages, strict=False):
        yield AuditEvent(
            action=f"letter.{now.value.lower()}",
            at=at,
            actor=by,
            role=role,
            subject=letter.id,
            case_id=letter.case_id,
            was=was.value if was else "",
            now=now.value,
            evidence=(f"series={letter.series_id}",),
        )


async def give_back(
    work: Work, letter: Letter, *, author_id: StaffId, note: str, at: datetime, by: str, role: str
) -> bool:
    """An unsent letter becomes its author's draft again; False when it is on its way."""
    if letter.state is LetterState.SCHEDULED and not await work.outbox.withdraw(letter.id):
        return False
    via = _TAKES_BACK if letter.state is LetterState.SCHEDULED else ()
    back = move(
        letter,
        LetterState.DRAFT,
        via=via,
        author_id=author_id,
        reason=None,
        note=note,
        approved_by=None,
        approved_at=None,
        approved_facts=None,
        bound_hash=None,
        asked_at=None,
        confirmed_at=None,
        confirmed_by=None,
        excuse=None,
        excused=frozenset(),
    )
    if letter.state is LetterState.DRAFT or not await work.letters.change(
        back, version=letter.version
    ):
        return False
    await work.audit.append(
        moved(letter, LetterState.DRAFT, at=at, actor=by, role=role, action="letter.returned")
    )
    return True
