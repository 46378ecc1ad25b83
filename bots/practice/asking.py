"""Reading what a request asks for, and answering 4xx in plain Japanese when it cannot be read."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

LARGEST_BODY = 1_000_000
"""Bytes of a JSON body; a practice screen never needs more."""
LARGEST_FILES = 25_000_000
"""Bytes of a body with files; more than any form of the product takes, so that it can say so."""
ASKED_PART = "asked"


class Wrong(Exception):
    """The request cannot be followed; the sender can put it right.

    Attributes:
        status: HTTP status, 4xx.
        sentence: what is wrong and what can be done, in Japanese.
        labels: what could have been named instead.
    """

    def __init__(self, status: int, sentence: str, *, labels: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.labels = tuple(labels)

    def answer(self) -> JSONResponse:
        """The JSON answer `{"error": ..., "labels": [...]}`."""
        return JSONResponse({"error": self.sentence, "labels": list(self.labels)}, self.status)


class Asked:
    """The fields of a request body, each read with its check.

    Attributes:
        files: by the label of the field that they are for: name and content.
    """

    def __init__(
        self, fields: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> None:
        self.fields = fields
        self.files = files or {}

    def only(self, *names: str, files: bool = False) -> None:
        """Refuse fields that this verb does not know, so that a slip of the pen is noticed."""
        if self.files and not files:
            raise Wrong(422, "ファイルはここでは使えません。", labels=names)
        unknown = [name for name in self.fields if name not in names]
        if unknown:
            raise Wrong(422, f"「{unknown[0]}」という項目はここでは使えません。", labels=names)

    def text(self, name: str, *, longest: int = 5000) -> str:
        """A text that must be there and must not be empty."""
        found = self.maybe_text(name, longest=longest)
        if not found:
            raise Wrong(422, f"「{name}」に文字を入れてください。", labels=(name,))
        return found

    def maybe_text(self, name: str, *, longest: int = 5000) -> str | None:
        """A text, or None when it was left out or null."""
        found = self.fields.get(name)
        if found is None:
            return None
        if not isinstance(found, str):
            raise Wrong(422, f"「{name}」は文字で書いてください。", labels=(name,))
        if len(found) > longest:
            raise Wrong(422, f"「{name}」は{longest}文字までです。", labels=(name,))
        return found

    def whole(self, name: str, *, default: int | None, least: int, most: int) -> int | None:
        """A whole number between `least` and `most`, or `default` when it was left out or null."""
        found = self.fields.get(name)
        if found is None:
            return default
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise Wrong(422, f"「{name}」は{least}から{most}までの整数です。", labels=(name,))
        return found

    def seconds(self, name: str, *, most: float) -> float:
        """Seconds from 0 to `most`; 0 when left out or null."""
        found = self.fields.get(name)
        if found is None:
            return 0.0
        if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= most:
            raise Wrong(422, f"「{name}」は0から{most:g}までの秒数です。", labels=(name,))
        return float(found)

    def one_of(self, name: str, choices: Sequence[str]) -> str | None:
        """One of `choices`, or None when it was left out or null."""
        found = self.maybe_text(name)
        if found is not None and found not in choices:
            raise Wrong(422, f"「{name}」は {' / '.join(choices)} のどれかです。", labels=choices)
        return found


async def asked_of(request: Request) -> Asked:
    """The JSON object in the request's body; an empty body asks for nothing in particular.

    With files the body is `multipart/form-data`: the object in the part `asked`, and each file
    in a part that is named as the label of its field.

    Raises:
        Wrong: 413 too long, 400 not readable as a JSON object in UTF-8, or as parts.
    """
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _in_parts(request)
    return _asked_in(await _bounded_body(request, at_most=LARGEST_BODY))


async def _in_parts(request: Request) -> Asked:
    body = await _bounded_body(request, at_most=LARGEST_FILES)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(request.headers, stream(), max_part_size=LARGEST_BODY)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise Wrong(
            400, "ファイルを読めませんでした。multipart の形を確かめてください。"
        ) from error
    files: dict[str, tuple[str, bytes]] = {}
    told = ""
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = (value.filename or "", await value.read())
        elif name == ASKED_PART:
            told = value
    await form.close()
    return Asked(_asked_in(told.encode()).fields, files)


def _asked_in(body: bytes) -> Asked:
    if not body.strip():
        return Asked({})
    try:
        found = json.loads(body)
        # A lone surrogate is valid JSON and cannot be written as UTF-8 anywhere after this.
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Wrong(400, "本文を JSON として読めませんでした。") from error
    if not isinstance(found, dict):
        raise Wrong(400, '本文は {"項目": 値} の形の JSON にしてください。')
    return Asked(found)


async def picture_of(request: Request, *, at_most: int = 10_000_000) -> bytes | None:
    """The photo in a multipart body (any field), the raw bytes of an image/* body, or None.

    Raises:
        Wrong: 413 too long, 400 not readable.
    """
    kind = request.headers.get("content-type", "")
    if kind.startswith("image/"):
        return await _bounded_body(request, at_most=at_most) or None
    if not kind.startswith("multipart/form-data"):
        (await asked_of(request)).only()
        return None
    # Multipart is parsed from a bounded copy, so that a sender cannot fill the disk.
    copy = Request(request.scope)
    copy._body = await _bounded_body(request, at_most=at_most)
    return await _first_file(copy)


async def _first_file(request: Request) -> bytes | None:
    # Starlette turns a broken form into its own 400 only inside an app's scope; either way is a
    # wrong request here.
    from starlette.exceptions import HTTPException
    from starlette.formparsers import MultiPartException

    try:
        async with request.form(max_files=1, max_fields=10) as form:
            for value in form.values():
                if not isinstance(value, str):
                    return await value.read()
    except (HTTPException, MultiPartException, ValueError, KeyError) as error:
        raise Wrong(400, "写真を読めませんでした。multipart の形を確かめてください。") from error
    return None


async def _bounded_body(request: Request, *, at_most: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > at_most:
                raise Wrong(413, f"大きすぎます。{at_most // 1000} KB までにしてください。")
            parts.append(part)
    except ClientDisconnect as error:
        raise Wrong(400, "本文が途中で切れました。") from error
    return b"".join(parts)
