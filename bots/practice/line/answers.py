"""What the emulator answers, with the bodies of the Messaging API reference (§Error responses).

Texts marked "ours" have no documented counterpart (LINE.md §8).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NOT_FOUND = "Not found"
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
MONTHLY_LIMIT = "You have reached your monthly limit."
RETRY_KEY_ACCEPTED = "The retry key is already accepted"
FAILED_TO_SEND = "Failed to send messages"
INVALID_REPLY_TOKEN = "Invalid reply token"
BAD_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
NO_TOKEN = (
    "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"
)
NO_PERMISSION = "Access to this API is not available for your account"
TOO_LARGE = "Request exceeds the max size of 2MB. Make the request smaller than 2MB and try again."

DEFAULT_ERRORS: Mapping[int, str] = {
    400: "The request body has 1 error(s)",
    401: BAD_TOKEN,
    403: NO_PERMISSION,
    404: NOT_FOUND,
    409: RETRY_KEY_ACCEPTED,
    413: TOO_LARGE,
    429: RATE_LIMIT,
    500: "Internal Server Error",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One HTTP answer before the request id is put on it.

    `body` is sent as it is when it is bytes, else as JSON.
    """

    status: int = 200
    body: bytes | Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    def content(self) -> bytes:
        """The bytes that go out."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


class LineRefusal(Exception):
    """LINE refuses the request; carries the whole answer."""

    def __init__(
        self,
        status: int,
        *,
        message: str,
        details: Sequence[Mapping[str, str]] | None = None,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        body: dict[str, Any] = {"message": message}
        if details is not None:
            body["details"] = list(details)
        body.update(extra or {})
        self.answer = Answer(status=status, body=body, headers=headers or {})


class NotEmulated(Exception):
    """The real platform has this and the emulator has not; it must not look like a success."""


def invalid_property(name: str) -> LineRefusal:
    """400 for a property that is unknown or has the wrong kind of value."""
    return LineRefusal(
        400,
        message=f"The property, {name}, in the request body is invalid (line: -, column: -)",
    )


def body_errors(*problems: tuple[str, str]) -> LineRefusal:
    """400 that lists `(message, property)` pairs under `details`."""
    return LineRefusal(
        400,
        message=f"The request body has {len(problems)} error(s)",
        details=[{"message": text, "property": where} for text, where in problems],
    )


def default_error(status: int) -> Mapping[str, Any]:
    """The documented body that goes with a bare status; ours where none is documented."""
    return {"message": DEFAULT_ERRORS.get(status, "Internal Server Error")}
