"""Keys for what is sealed: derived per municipality, rotated by key id, newest first."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET: Final = 32
_KEY_ID: Final = 4
_NONCE: Final = 12
_BODY: Final = _KEY_ID + _NONCE


class SecretTooShort(ValueError):
    """A master key needs at least `SHORTEST_SECRET` characters, and there must be one."""


class KeyUnknown(Exception):
    """Something was sealed under a key that is no longer among the secret keys.

    Put the old key back behind the newest one (YORISOI_SECRET_KEYS).
    """


class SealBroken(Exception):
    """Sealed bytes were changed, or moved here from another column or municipality."""


class TownKeys:
    """The keys of one municipality; the newest seals, all of them open."""

    def __init__(self, secrets: Sequence[bytes], *, municipality_id: str) -> None:
        sealing = [_derive(secret, f"seal/1/{municipality_id}") for secret in secrets]
        self._ciphers = {hashlib.sha256(key).digest()[:_KEY_ID]: AESGCM(key) for key in sealing}
        self._newest_id, self._newest = next(iter(self._ciphers.items()))
        self._blinding = [_derive(secret, f"blind/1/{municipality_id}") for secret in secrets]

    def seal(self, plain: bytes, *, column: bytes) -> bytes:
        """Key id (4 bytes), nonce (12), AES-256-GCM text and tag; bound to the column's name.

        Nothing is sealed to nothing: that a field is empty is no secret.
        """
        if not plain:
            return b""
        nonce = os.urandom(_NONCE)
        return self._newest_id + nonce + self._newest.encrypt(nonce, plain, column)

    def open(self, sealed: bytes, *, column: bytes) -> bytes:
        """What was sealed.

        Raises:
            KeyUnknown: sealed under a key that we no longer have.
            SealBroken: changed, or sealed for another column or municipality.
        """
        if not sealed:
            return b""
        cipher = self._ciphers.get(sealed[:_KEY_ID])
        if cipher is None:
            raise KeyUnknown(f"key {sealed[:_KEY_ID].hex()} (column {column.decode()})")
        try:
            return cipher.decrypt(sealed[_KEY_ID:_BODY], sealed[_BODY:], column)
        except InvalidTag:
            raise SealBroken(f"column {column.decode()}") from None

    def blind(self, text: str, *, column: str) -> bytes:
        """The blind index of `text` under the newest key: HMAC-SHA256, 32 bytes."""
        return self.blinds(text, column=column)[0]

    def blinds(self, text: str, *, column: str) -> list[bytes]:
        """The blind index under every key, newest first: look-ups have to find old rows, too."""
        message = f"{column}\0{text}".encode()
        return [hmac.digest(key, message, "sha256") for key in self._blinding]


class Keyring:
    """The master keys, newest first, and the municipalities' keys derived from them."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Raises: SecretTooShort."""
        if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
            raise SecretTooShort(f"a secret key needs at least {SHORTEST_SECRET} characters")
        self._secrets = [secret.encode() for secret in secrets]
        self._towns: dict[str, TownKeys] = {}

    def of(self, municipality_id: str) -> TownKeys:
        """The keys of one municipality (HKDF-SHA256; derived once)."""
        if municipality_id not in self._towns:
            self._towns[municipality_id] = TownKeys(self._secrets, municipality_id=municipality_id)
        return self._towns[municipality_id]


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"yorisoi/{purpose}".encode()
    ).derive(secret)
