"""What an approval binds, and the one hash that it is bound by (DOMAIN §3.6).

Whoever wants to send recomputes the hash from the rows as they are now; any difference kills the
approval.
"""

import hashlib
from datetime import datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import NamedTuple


class Binding(NamedTuple):
    """Everything an approval binds. Times are aware; text is exact to the code point."""

    letter_id: str
    person_id: str
    line_user_id: str
    link_id: str
    consent_id: str
    consent_version: int
    consent_state: str
    body: str
    alt_text: str
    opens_at: datetime
    closes_at: datetime
    request: bytes


def binding_hash(binding: Binding) -> str:
    """SHA-256, hex, over the bound parts in a fixed order.

    Each part is its own element of a JSON array (ASCII, ", " between two). The array is written
    here element by element, since each letter is hashed again when it is sent: `json.dumps` gives
    the same bytes in twice the time.
    """
    opens_at = int(binding.opens_at.timestamp() * 1_000_000)
    closes_at = int(binding.closes_at.timestamp() * 1_000_000)
    request = hashlib.sha256(binding.request).hexdigest()
    parts = (
        f'["letter/1", {_quoted(binding.letter_id)}, {_quoted(binding.person_id)}, '
        f"{_quoted(binding.line_user_id)}, {_quoted(binding.link_id)}, "
        f"{_quoted(binding.consent_id)}, {binding.consent_version}, "
        f"{_quoted(binding.consent_state)}, {_quoted(binding.body)}, "
        f'{_quoted(binding.alt_text)}, {opens_at}, {closes_at}, "{request}"]'
    )
    return hashlib.sha256(parts.encode()).hexdigest()
