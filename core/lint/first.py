"""L11: what a first letter has to say (G-01, G-02, G-17, G-26)."""

from collections.abc import Iterator

from core.lint.places import Place
from core.lint.reading import Text
from core.lint.rules.words import FIRST_CLAIMS, FIRST_SAYS

# Each in the plain text; the reason's key is its name.


def missing(text: Text) -> Iterator[str]:
    """What the text does not say, by the key of its reason."""
    plain = text.plain.text
    for reason, says in FIRST_SAYS.items():
        if not says.search(plain):
            yield reason


def false_claims(text: Text) -> Iterator[Place]:
    """Where it makes itself out to be a counsellor, or somebody who is always there (G-26)."""
    for match in FIRST_CLAIMS.finditer(text.plain.text):
        yield Place(*match.span())
