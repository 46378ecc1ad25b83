"""What a card looks like at one moment."""

from dataclasses import dataclass

from bots.slack.blocks import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A drawn card.

    Attributes:
        text: what a notification shows: alias and verb, nothing else.
        attention: names what the card asks its reader to look at; when that changes, the card
            is posted anew so that the phone tells. "" while nothing is asked.
    """

    text: str
    blocks: tuple[Json, ...]
    attention: str = ""
