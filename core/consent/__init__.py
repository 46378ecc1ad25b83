"""The consent ledger: seven kinds of consent, each a record of its own (DOMAIN §2.4, §3.5).

`kinds` holds the names of kinds and states, `scopes` and `evidence` what a line says, `ledger` the
line and its machine, `asking`, `giving`, `ending` the steps, `covers` the questions asked of it,
and `stops` what ends with a withdrawal.
"""

from core.consent.kinds import ChannelConsentMissing, ConsentState, ConsentType
from core.consent.ledger import ConsentLine

__all__ = ["ChannelConsentMissing", "ConsentLine", "ConsentState", "ConsentType"]
