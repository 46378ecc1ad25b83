"""Whether a webhook really comes from LINE (DOC messaging-api/verify-webhook-signature)."""

import hmac
from base64 import b64encode


def verify(secret: bytes, body: bytes, header: bytes | str | None) -> bool:
    """Whether `header` is the `x-line-signature` of exactly these bytes.

    The signature is base64(HMAC-SHA256(channel secret, raw body)). A missing header, one with
    characters that base64 does not have, or another spelling of the right bytes is not it.
    The comparison takes the same time wherever the difference lies.

    Args:
        secret: the channel secret, UTF-8.
        body: the raw request body, before anything has touched it.
        header: the header's value as it came.
    """
    if header is None:
        return False
    given = header.encode("utf-8", "surrogatepass") if isinstance(header, str) else header
    return hmac.compare_digest(b64encode(hmac.digest(secret, body, "sha256")), given)
