"""What some deeds need beside the record: pictures made of files, words read, letters pressed."""

from dataclasses import dataclass

from core.lint import Proofreader
from core.ports import LetterPress, PageMaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """Handed to the desk by the wiring.

    Attributes:
        maker: makes pictures of uploaded files.
        press: builds the request of a letter that is approved here.
        proof: reads letters and titles before anybody is asked to approve them.
    """

    maker: PageMaker
    press: LetterPress
    proof: Proofreader
