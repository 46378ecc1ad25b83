"""What some deeds need beside the record: pictures made of files, and words read."""

from dataclasses import dataclass

from core.lint import Proofreader
from core.ports import EventReader, LetterPress, PageMaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """Handed to the desk by the wiring.

    Attributes:
        maker: makes pictures of uploaded files.
        proof: reads letters and titles before anybody is asked to approve them.
        reader: reads what a visitor wrote; press: freezes what a visitor is answered.
    """

    maker: PageMaker
    proof: Proofreader
    reader: EventReader | None = None
    press: LetterPress | None = None
