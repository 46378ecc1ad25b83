"""One request as the operations see it, after the gate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from .answers import LineRefusal, invalid_property


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Method, path parameters, query, headers (lower case) and the raw body."""

    request_id: str
    body: bytes = b""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def retry_key(self) -> str | None:
        """The `X-Line-Retry-Key`, if it came."""
        return self.headers.get("x-line-retry-key")

    @property
    def content_type(self) -> str:
        """The media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as a JSON object.

        Raises:
            LineRefusal: 415 for another media type, 400 when it cannot be parsed.
        """
        if self.content_type != "application/json":
            raise LineRefusal(
                415, message=f"The content type, {self.content_type or '-'}, is not supported"
            )
        try:
            parsed = json.loads(self.body)
        except json.JSONDecodeError as error:
            raise _unreadable(error.lineno, error.colno) from None
        except (UnicodeDecodeError, RecursionError):
            raise _unreadable(1, 1) from None
        if not isinstance(parsed, dict):
            raise invalid_property("-")
        return parsed

    def form(self) -> dict[str, str]:
        """The body as a form; of a repeated field the first."""
        fields = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] for name, values in fields.items()}


def _unreadable(line: int, column: int) -> LineRefusal:
    where = f"(line: {line}, column: {column})"
    return LineRefusal(400, message=f"The request body could not be parsed as JSON {where}")
