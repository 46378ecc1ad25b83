"""L11: what a first letter has to say, and those that end (G-01, G-02, G-17, G-21, G-26)."""

from collections.abc import Iterator
from typing import Final

from core.lint.places import Place
from core.lint.reading import Text
from core.lint.rules.words import FIRST_CLAIMS, FIRST_SAYS, LAST_SAYS, PRE_LAST_SAYS
from core.wording.kinds import TextKind

# Each in the plain text; the reason's key is its name.


_SAYS: Final = {
    TextKind.FIRST: ("first", FIRST_SAYS),
    TextKind.PRE_LAST: ("end", PRE_LAST_SAYS),
    TextKind.LAST: ("end", LAST_SAYS),
}


def missing(text: Text, kind: TextKind) -> Iterator[str]:
    """What a text of this kind does not say, by the key of its reason."""
    stem, said = _SAYS.get(kind, ("", {}))
    plain = text.plain.text
    for reason, says in said.items():
        if not says.search(plain):
            yield f"{stem}_{reason}"


def false_claims(text: Text) -> Iterator[Place]:
    """Where it makes itself out to be a counsellor, or somebody who is always there (G-26)."""
    for match in FIRST_CLAIMS.finditer(text.plain.text):
        yield Place(*match.span())
