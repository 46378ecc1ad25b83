"""Ids, codes and tokens made by chance, for the wiring to hand on."""

import secrets
import uuid

from ulid import ULID

from core.people import CODE_ALPHABET, CODE_LENGTH


def new_code() -> str:
    """A one-time code for paper: 8 signs of an alphabet without look-alikes (about 39 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """An unguessable token for an address: 192 random bits, 32 signs."""
    return secrets.token_urlsafe(24)


def new_id() -> str:
    """An opaque id, sortable by the time at which it was made."""
    return str(ULID()).lower()


def new_key() -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())
