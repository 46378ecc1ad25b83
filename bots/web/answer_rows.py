"""What colleagues answered, as the case's page shows it beside what the person said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bots.i18n.catalogue import say, word
from core.answers import Answer, ShownAs
from core.letters import Letter, LetterState
from core.recording import AS_REPLY
from core.usecases.cases.show_case import CaseStory


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerRow:
    """An answer. `way` says how it reached the person, as far as we can know."""

    by: str
    when: str
    words: str
    way: str


def answer_rows(
    story: CaseStory, *, when: Callable[[datetime], str], name: Callable[[str | None], str]
) -> Iterator[tuple[datetime, AnswerRow]]:
    """Each answer with the moment at which it was written."""
    letters = {letter.id: letter for letter in story.letters}
    replied = {
        entry.event.subject for entry in story.letter_steps if AS_REPLY in entry.event.evidence
    }
    for one in story.answers:
        letter = None if one.letter_id is None else letters.get(one.letter_id)
        way = _way(one, letter, when=when, as_reply=one.letter_id in replied)
        yield one.at, AnswerRow(by=name(one.by), when=when(one.at), words=one.text, way=way)


def _way(
    answer: Answer,
    letter: Letter | None,
    *,
    when: Callable[[datetime], str],
    as_reply: bool,
) -> str:
    over_line = answer.shown_as is ShownAs.LINE
    if letter is None:
        return say("answering.line" if over_line else "answering.page")
    match letter.state:
        case LetterState.SENT if over_line:
            return say("answering.as_reply" if as_reply else "answering.pushed")
        case LetterState.SENT:
            return say("answering.told")
        case LetterState.SCHEDULED:
            key = "answering.leaves" if over_line else "answering.tells"
            return say(key, when=when(letter.opens_at))
        case LetterState.UNREACHABLE:
            return say("answering.in_doubt")
        case _:
            why = word(letter.state) if letter.reason is None else word(letter.reason)
            return say("answering.not_over_line", why=why)
