"""What some deeds need beside the record: pictures made of files, and words read."""

from dataclasses import dataclass

from core.lint import Proofreader
from core.ports import LetterPress, PageMaker


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """Handed to the desk by the wiring.

    Attributes:
        maker: makes pictures of uploaded files.
        proof: reads letters and titles before anybody is asked to approve them.
        press: freezes the request of what is approved on a page; None where nothing is.
    """

    maker: PageMaker
    proof: Proofreader
    press: LetterPress | None = None
