"""The wording check that every letter passes before anyone is asked to approve it.

It reads words, not strings: 「返事はいりません」 passes, 「お返事お待ちしております」 does not.
The rules are data: lines of terms over words (`patterns`), a module for each code (`rules`).
"""

from core.lint.checking import Proofreader, check_letter, check_words
from core.lint.context import LetterContext
from core.lint.findings import (
    UNQUOTED,
    Finding,
    MinorsNotWrittenTo,
    NothingWritten,
    WordingBlocked,
    blocking,
    require_fit,
    require_of_age,
    require_words,
)
from core.lint.morphology import Morphology, Word
from core.lint.personal import private_words
from core.wording.kinds import TextKind

__all__ = [
    "UNQUOTED",
    "Finding",
    "LetterContext",
    "MinorsNotWrittenTo",
    "Morphology",
    "NothingWritten",
    "Proofreader",
    "TextKind",
    "Word",
    "WordingBlocked",
    "blocking",
    "check_letter",
    "check_words",
    "private_words",
    "require_fit",
    "require_of_age",
    "require_words",
]
