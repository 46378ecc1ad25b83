"""Links that open something for whoever holds them: for months, not to be guessed.

Only a token's hash is kept: whoever reads the record cannot open a link. That one was opened is
not kept either: who reads when is nobody's affair.
"""

import hashlib
from datetime import datetime


def token_hash(token: str) -> str:
    """Under which a link's token is kept: SHA-256 in hex, of 192 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def still_opens(*, at: datetime, expires_at: datetime | None, revoked_at: datetime | None) -> bool:
    """Whether a link still opens something; all three are aware."""
    return revoked_at is None and expires_at is not None and at < expires_at
