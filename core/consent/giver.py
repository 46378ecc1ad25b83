"""Who gives a consent: the person, or whoever represents them by law (DOMAIN §2.4, C2)."""

from dataclasses import dataclass

from core.errors import CaseworkError
from core.ids import PersonId


class GiverUnfit(CaseworkError):
    """Only the person gives consent, or their representative by law with proof of it (C2).

    Facts: `allowed`.
    """

    rule = "C2"


@dataclass(frozen=True, kw_only=True, slots=True)
class Giver:
    """Who gave it.

    Attributes:
        authority: the document that makes a representative by law; "" for the person.
    """

    person_id: PersonId
    authority: str = ""


def require_giver(giver: Giver, *, subject: PersonId) -> None:
    """Refuse a consent given for somebody else: a relative's word is not enough.

    Raises:
        GiverUnfit: another person, with no authority on file.
    """
    if giver.person_id != subject and not giver.authority.strip():
        raise GiverUnfit(allowed="the person, or a statutory representative with a document")
