"""The text of the pledge (R-081).

Members of a 支援会議 keep secret everything learnt there, its running too (S0 第4-4(1)④); the
same text names the penalty, whose wording is the municipality's configuration (DOMAIN §9).
"""

from dataclasses import dataclass

from core.errors import CaseworkError


class PledgeTextIncomplete(CaseworkError):
    """The pledge names what is secret and what a breach costs. Facts: `lacks`, `allowed`."""

    rule = "R-081"


@dataclass(frozen=True, kw_only=True, slots=True)
class Penalty:
    """What a leak from 支援会議 costs, as the town's configuration words it (R-081).

    Attributes:
        imprisonment: with its longest term. The seed writes 懲役; since June 2025 the name of
            the punishment is believed to be 拘禁刑 [U], so no word of it stands in code.
        fine: with its largest amount.
        verified_on: ISO date on which the town checked the statute; "" while it has not.
    """

    imprisonment: str
    fine: str
    statute: str
    verified_on: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PledgeText:
    """The text that a member signs.

    Attributes:
        template: holds `{imprisonment}`, `{fine}`, `{statute}` and `{everything}`.
        everything: the words that say that all is secret, the running of the meeting included.
    """

    version: str
    template: str
    everything: str
    penalty: Penalty


def words_of(text: PledgeText) -> str:
    """The pledge as it is signed.

    Raises:
        PledgeTextIncomplete: a part is empty, or the template leaves it out.
    """
    parts = {
        "imprisonment": text.penalty.imprisonment,
        "fine": text.penalty.fine,
        "statute": text.penalty.statute,
        "everything": text.everything,
    }
    for name, value in parts.items():
        if not value.strip() or f"{{{name}}}" not in text.template:
            raise PledgeTextIncomplete(lacks=name, allowed="complete_pledge_text")
    words = text.template
    for name, value in parts.items():
        words = words.replace(f"{{{name}}}", value)
    return words
