"""What a town settles about talking with people over LINE (DOMAIN §9)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectChatDecision:
    """The municipality's own decision that people may be talked with on LINE itself.

    Attributes:
        decided_by: who decided, by office, such as 福祉総務課長.
        decided_on: on which day.
        reference: where it is written down, such as the number of the document.
    """

    decided_by: str
    decided_on: date
    reference: str

    @property
    def recorded(self) -> bool:
        """Whether it says who, and where one can read it."""
        return bool(self.decided_by.strip() and self.reference.strip())
