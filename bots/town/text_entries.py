"""Texts of a town file: acknowledgements, answers and templates, each approved by name."""

from bots.town.entry import Entry
from bots.town.shapes import Code, Moment, Name, Words
from core.people import LanguageStyle
from core.profiles import TextUse
from core.wording.kinds import TextKind


class TextEntry(Entry):
    """A text approved once by name and version: the answers to 少し休む, やめる, linking; answers
    from which a colleague chooses a reply; the town's own templates of letters."""

    name: Code
    version: Code
    body: Words
    """The words; of a template, with fields in braces such as {名乗り} (docs/letters.md)."""
    author: Code
    approved_by: Code
    approved_at: Moment
    use: TextUse = TextUse.ACKNOWLEDGEMENT
    title: Name | None = None
    """How colleagues find it in a list."""
    kind: TextKind | None = None
    """Of a template: for which letters."""
    style: LanguageStyle | None = None
    """Of a template: for people who like to be written to in this way."""
