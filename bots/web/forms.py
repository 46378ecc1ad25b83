"""What a form sent, read within bounds."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from core.leaflet_pages import LARGEST_FILE

LARGEST_FORM = 64 * 1024
_MOST_FIELDS = 1000
_MOST_FILES: Final = 2
# A file that is too large by less than this is told so by the form; beyond it nothing is read.
_OVER: Final = 2 * LARGEST_FILE


class FormUnreadable(Exception):
    """More than a form of ours could send, or no form at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What a form sent: its fields, and the files that were chosen, as bytes."""

    fields: Mapping[str, list[str]]
    files: Mapping[str, bytes] = field(default_factory=dict)


async def read_form(request: Request) -> dict[str, list[str]]:
    """The fields of a urlencoded form.

    Raises:
        FormUnreadable: larger than `LARGEST_FORM`, too many fields, or not UTF-8.
    """
    body = b"".join([chunk async for chunk in _within(request, LARGEST_FORM)])
    try:
        return parse_qs(body.decode("ascii"), errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise FormUnreadable from error


async def read_sent(request: Request) -> Sent:
    """A form with or without files.

    Raises:
        FormUnreadable: as `read_form`; or files of more than twice what a leaflet may weigh.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return Sent(fields=await read_form(request))
    parser = MultiPartParser(
        request.headers,
        _within(request, LARGEST_FORM + _OVER),
        max_files=_MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=LARGEST_FORM,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise FormUnreadable from error
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            files |= {name: content} if content else {}
        else:
            fields.setdefault(name, []).append(value)
    await form.close()
    return Sent(fields=fields, files=files)


async def _within(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > most:
            raise FormUnreadable
        yield chunk
