"""What proves a consent, in a line of text for those who may read the record."""

from collections.abc import Iterable

from bots.i18n.catalogue import day, word
from core.consent.evidence import (
    Evidence,
    LetterEvidence,
    LinkEvidence,
    MessageEvidence,
    NotedEvidence,
    OralEvidence,
    SignedForm,
    kind_of_evidence,
)


def proof_text(evidence: Evidence | None, *, locale: str = "ja") -> str:
    """The kind of proof and what it says; "" where nothing proves the line yet."""
    if evidence is None:
        return ""
    if isinstance(evidence, NotedEvidence):
        return evidence.words
    parts = [part for part in _parts(evidence, locale=locale) if part]
    return " / ".join((word(kind_of_evidence(evidence), locale=locale), *parts))


def _parts(evidence: Evidence, *, locale: str) -> Iterable[str]:
    match evidence:
        case SignedForm(document=document, signed_on=on):
            return (document, day(on, locale=locale) if on else "")
        case OralEvidence(said_on=on, place=place, words=words):
            return (day(on, locale=locale) if on else "", place, words)
        case LetterEvidence(document=document, received_on=on):
            return (document, day(on, locale=locale) if on else "")
        case MessageEvidence(words=words):
            return (words,)
        case LinkEvidence() | NotedEvidence():
            return ()
