"""What some deeds need beside the record: pictures made of files, words read, letters pressed."""

from dataclasses import dataclass

from core.lint import Proofreader
from core.ports import EventReader, LetterPress, PageMaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """Handed to the desk by the wiring.

    Attributes:
        maker: makes pictures of uploaded files.
        proof: reads letters and titles before anybody is asked to approve them.
        press: builds what goes over LINE; None where nothing is sent from here.
        reader: reads LINE's events once more.
    """

    maker: PageMaker
    proof: Proofreader
    press: LetterPress | None = None
    reader: EventReader | None = None
