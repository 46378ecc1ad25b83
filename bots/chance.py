"""Codes and tokens that nobody can guess, for the wiring to hand on."""

import secrets

from core.people import CODE_ALPHABET, CODE_LENGTH


def new_code() -> str:
    """A one-time code for paper: 8 signs of an alphabet without look-alikes (about 39 bits)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """An unguessable token for an address: 192 random bits, 32 signs."""
    return secrets.token_urlsafe(24)
