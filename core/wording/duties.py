"""What a letter of each kind has to say, asked of its template before anybody uses it."""

import re
from typing import Final

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.fields import TextField
from core.wording.kinds import TextKind
from core.wording.templates import FieldUnknown, Template, read_parts

FIRST_FIELDS: Final = (TextField.PLACE, TextField.READERS, TextField.HOURS)
# What it is called in a refusal, and how it is known again in the words.
FIRST_SAYS: Final = {
    "お返事はなくて大丈夫": r"返事は(なくて|いりません)",
    "急ぎの窓口ではない": r"(急|いそ)(ぎ|ぐ)(のとき|とき)?の?窓口では",
    "「やめる」": r"やめる",
    "「既読」は自動": r"既読.*自動",
}
# What a pre-approved answer may be filled with, by its name: until when the rest lasts, who reads
# and when, from where. Nothing in it is of the letters themselves.
_WHO_READS: Final = frozenset({TextField.READERS, TextField.HOURS, TextField.PLACE})
ANSWER_FIELDS: Final = {
    "rest": _WHO_READS | {TextField.RESUMES},
    "stop": _WHO_READS,
    "linked": _WHO_READS,
}
_EITHER_WAY: Final = "行っても行かなくても"
_GO_ON: Final = "そのまま"
_STOPS: Final = re.compile(r"[、。\s]")


class SenderUnnamed(CaseworkError):
    """A letter names who writes (G-10). Facts: `fields`."""

    rule = "G-10"


class FirstLetterIncomplete(CaseworkError):
    """The first letter says who, from where, who reads and when, that no answer is needed, that
    it is no line for emergencies, how to stop, and that 既読 comes by itself. Facts: `lacks`."""

    rule = "G-02"


class LeafletPresses(CaseworkError):
    """A leaflet says that going and not going are both fine."""

    rule = "G-20"


class EndingIncomplete(CaseworkError):
    """An end is announced with a way to go on, and made with how to reach us. Facts: `lacks`."""

    rule = "G-21"


def template_of(
    *,
    name: str,
    version: str,
    kind: TextKind,
    style: LanguageStyle,
    body: str,
    title: str = "",
    own: bool = False,
) -> Template:
    """A template, read and found complete for its kind.

    Raises:
        FieldUnknown, BracesUnmatched: S1. RubyUnmatched, RubyNotForThisStyle, ReadingMissing:
            G-19. SenderUnnamed: G-10. FirstLetterIncomplete: G-02. LeafletPresses: G-20.
            EndingIncomplete: G-21.
    """
    template = Template(
        name=name,
        version=version,
        kind=kind,
        style=style,
        title=title or name,
        parts=read_parts(body, style=style),
        own=own,
    )
    _require_complete(template)
    return template


def answer_of(name: str, body: str) -> Template:
    """A pre-approved answer to a button, read: its words with the fields that it may have.

    Args:
        name: `rest`, `stop` or `linked`; a text of another name has no fields.

    Raises:
        FieldUnknown: also where the field is no affair of this answer. BracesUnmatched,
            RubyNotForThisStyle.
    """
    parts = read_parts(body, style=LanguageStyle.STANDARD)
    answer = Template(
        name=name,
        version="",
        kind=TextKind.ACKNOWLEDGEMENT,
        style=LanguageStyle.STANDARD,
        title=name,
        parts=parts,
    )
    known = ANSWER_FIELDS.get(name, frozenset())
    for field in answer.fields:
        if field not in known:
            raise FieldUnknown(field=field.value, known="、".join(sorted(known)))
    return answer


def _require_complete(template: Template) -> None:
    fields, words = frozenset(template.fields), _STOPS.sub("", template.fixed)
    if template.kind is TextKind.ACKNOWLEDGEMENT:
        return
    if not fields & {TextField.SENDER, TextField.SIGN_OFF}:
        raise SenderUnnamed(fields=f"{TextField.SENDER}、{TextField.SIGN_OFF}")
    match template.kind:
        case TextKind.FIRST:
            lacks = [field.value for field in FIRST_FIELDS if field not in fields]
            lacks += [name for name, said in FIRST_SAYS.items() if not re.search(said, words)]
            if lacks:
                raise FirstLetterIncomplete(lacks="、".join(lacks))
        case TextKind.LEAFLET if _EITHER_WAY not in words:
            raise LeafletPresses()
        case TextKind.PRE_LAST if _GO_ON not in words:
            raise EndingIncomplete(lacks=_GO_ON)
        case TextKind.LAST if TextField.READERS not in fields:
            raise EndingIncomplete(lacks=TextField.READERS.value)
