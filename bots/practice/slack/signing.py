"""Slack's request signature, version v0."""

import hashlib
import hmac


def signed_headers(body: bytes, *, secret: str, at: int) -> dict[str, str]:
    """The two headers by which an app knows that Slack sent `body` at unix second `at`."""
    told = f"v0:{at}:".encode() + body
    digest = hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}
