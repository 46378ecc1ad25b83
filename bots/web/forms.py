"""What a form sent, read within bounds."""

from urllib.parse import parse_qs

from starlette.requests import Request

LARGEST_FORM = 64 * 1024
_MOST_FIELDS = 1000


class FormUnreadable(Exception):
    """More than a form of ours could send, or no form at all."""


async def read_form(request: Request) -> dict[str, list[str]]:
    """The fields of a urlencoded form.

    Raises:
        FormUnreadable: larger than `LARGEST_FORM`, too many fields, or not UTF-8.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise FormUnreadable
    try:
        return parse_qs(body.decode("ascii"), errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise FormUnreadable from error
