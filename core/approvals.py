"""Who approves a letter, when there is nobody else, and who may only use approved words (G-06).

A letter is approved by a second person. Where a town has one colleague for a case and turns it on,
that colleague may approve an own letter: by name (`Staff.approves_own`), by the town's rule
(`LetterRules.self_approval`), and with a reason each time. It is marked wherever the letter is
shown. The default town cannot do it, and no default of a colleague allows it.

Somebody who is new (`Staff.novice`) writes with texts of the town that were approved once, until
a colleague lifts it.
"""

import re
from collections.abc import Iterable
from typing import Final

from core.access import OwnLetter
from core.agencies import Staff
from core.errors import CaseworkError
from core.letters import Letter, LetterState
from core.profiles import LetterRules, StandingText, TextUse
from core.wording.sameness import normalised

# A place in a text that is filled in, and as much as may stand there.
_FIELD: Final = re.compile(r"\{[^{}]*\}")
_FILLED: Final = ".{1,40}?"
# How a text gives the reading of a word, and how it then stands in a letter.
_READING: Final = re.compile(r"｜([^《》]*)《([^《》]*)》")
FOR_LETTERS: Final = (TextUse.ANSWER, TextUse.TEMPLATE)
"""What a town's approved texts may be for, so that letters can be written with them."""
SELF_APPROVED: Final = "SELF_APPROVED"
"""The reason of the approval event in the record; the words are kept sealed with the letter."""


class SelfApprovalUnexplained(CaseworkError):
    """Approving an own letter needs a reason, each time (G-06)."""

    rule = "G-06"


class OnlyApprovedWords(CaseworkError):
    """A colleague who is new writes with approved texts only (G-06)."""

    rule = "G-06"


def open_to_approval(letter: Letter) -> bool:
    """Whether the letter may be approved now: it waits, was held, or its approval is about to
    end and colleagues were told."""
    if letter.state is LetterState.SCHEDULED:
        return letter.asked_at is not None and not letter.asks_again
    return letter.state in (LetterState.PENDING_APPROVAL, LetterState.HELD)


def approves_own(staff: Staff, *, rules: LetterRules) -> bool:
    """Whether the town lets this colleague approve an own letter; that it is an approver on the
    case is for the door to say."""
    return rules.self_approval and staff.approves_own and staff.active and not staff.novice


def reason_to_keep(
    letter: Letter, approver: Staff, *, rules: LetterRules, given: str
) -> str | None:
    """Why the author approved it; None where a second person approves, whatever was given.

    Raises:
        OwnLetter: the author may not. SelfApprovalUnexplained: and gave no reason.
    """
    if letter.author_id != approver.id:
        return None
    if not approves_own(approver, rules=rules):
        raise OwnLetter()
    if not given.strip():
        raise SelfApprovalUnexplained()
    return given.strip()


def require_words_allowed(author: Staff, body: str, *, approved: Iterable[StandingText]) -> None:
    """Refuse free words of somebody who is new.

    Args:
        approved: the texts that the town has approved for letters.

    Raises:
        OnlyApprovedWords: the words are not those of an approved text; where it has a field,
            such as a name, a short word may stand.
    """
    if author.novice and not any(_says(text.body, body) for text in approved):
        raise OnlyApprovedWords()


def _says(approved: str, body: str) -> bool:
    """Whether the words are those of the text, with its fields filled in; spaces do not count."""
    fixed = _FIELD.split(_plain(approved))
    pattern = _FILLED.join(map(re.escape, fixed))
    return re.fullmatch(pattern, _plain(body)) is not None


def _plain(text: str) -> str:
    return normalised(_READING.sub(r"\1(\2)", text))
