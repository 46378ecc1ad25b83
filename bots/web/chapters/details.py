"""What else was told of a contact, in lines for its row on the case's page."""

from collections.abc import Iterator

from bots.i18n.catalogue import word
from core.contacts import Contact, ContactDetail


def detail_lines(contact: Contact) -> tuple[str, ...]:
    """One line for each thing that was told; none where there was nothing else to tell."""
    return () if contact.detail is None else tuple(_lines(contact.detail))


def _lines(detail: ContactDetail) -> Iterator[str]:
    whom = "" if detail.with_whom is None else word(detail.with_whom)
    whence = "" if detail.direction is None else word(detail.direction)
    long = "" if detail.minutes is None else f"{detail.minutes}分"
    around = "・".join(part for part in (whence, whom, detail.place, long) if part)
    if around:
        yield around
    if detail.destination is not None:
        came_of_it = f"({detail.outcome})" if detail.outcome else ""
        yield f"同行した先: {word(detail.destination)}{came_of_it}"
    for said, text in (
        ("ご様子", detail.mood),
        ("新しくわかったこと", detail.new_facts),
        ("申し合わせたこと", detail.agreed),
        ("危なかったこと", detail.safety_incident),
    ):
        if text:
            yield f"{said}: {text}"
