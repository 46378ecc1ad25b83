"""How arguments reach a Web API method: query string, form, multipart, JSON (SLACK.md §1.2)."""

import json
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bots.practice.slack.model import Json, SlackRefused

_JSON_STRINGS = frozenset(
    {"blocks", "view", "attachments", "metadata", "files", "message", "unfurls", "profile"}
)
_TRUE = frozenset({"1", "true", "True"})
_FALSE = frozenset({"0", "false", "False", ""})


@dataclass(slots=True)
class Arguments:
    """The merged arguments of one call; unknown ones are simply never asked for."""

    method: str
    given: Json
    carried_in: set[str] = field(default_factory=set)
    token: str | None = None
    base_url: str = ""

    def word(self, name: str, *, required: bool = False) -> str | None:
        """A string argument; empty counts as not given.

        Raises:
            SlackRefused: `invalid_arguments` when it is required and not there.
        """
        value = self.given.get(name)
        if value is None or value == "":
            if required:
                raise missing(name)
            return None
        if isinstance(value, dict | list):
            raise SlackRefused(
                "invalid_arguments", messages=[f"must provide a string [json-pointer:/{name}]"]
            )
        return str(value)

    def need(self, name: str) -> str:
        """A required string argument."""
        value = self.word(name, required=True)
        assert value is not None
        return value

    def text(self, name: str = "text") -> str:
        """A string argument that may be empty."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument in any of the ways the SDKs write one."""
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        if str(value) in _TRUE:
            return True
        if str(value) in _FALSE:
            return False
        raise SlackRefused(
            "invalid_arguments", messages=[f"must be a boolean [json-pointer:/{name}]"]
        )

    def number(self, name: str, *, default: int | None = None) -> int | None:
        """A whole number."""
        value = self.word(name)
        if value is None:
            return default
        try:
            return int(value)
        except ValueError:
            raise SlackRefused(
                "invalid_arguments", messages=[f"must be an integer [json-pointer:/{name}]"]
            ) from None

    def names(self, name: str) -> list[str]:
        """A list of ids, written with commas or as a JSON array."""
        value = self.given.get(name)
        if value is None or value == "":
            return []
        if isinstance(value, list):
            return [str(v) for v in value]
        return [part.strip() for part in str(value).split(",") if part.strip()]


def missing(name: str) -> SlackRefused:
    """Slack's refusal of a call without a required argument."""
    return SlackRefused("invalid_arguments", messages=[f"missing required field: {name}"])


async def read_arguments(request: Request, *, method: str) -> Arguments:
    """Merge what a request carries, whichever way it carries it.

    Raises:
        SlackRefused: `invalid_json`, `invalid_form_data`, or a string that should be JSON
            and is not.
    """
    arguments = Arguments(method, {}, base_url=_reached_at(request))
    if request.query_params:
        arguments.given.update(request.query_params)
        arguments.carried_in.add("query_string")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        arguments.given.update(_object(await request.body()))
        arguments.carried_in.add("json_body")
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        arguments.given.update(await _form(request))
        arguments.carried_in.add("form")
    token = arguments.given.pop("token", None)
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    arguments.token = bearer.strip() if scheme.lower() == "bearer" else token
    _decode(arguments.given)
    return arguments


def _reached_at(request: Request) -> str:
    """Where the emulator is mounted, as this client reached it."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        read = json.loads(body)
    except ValueError:
        raise SlackRefused("invalid_json") from None
    if not isinstance(read, dict):
        raise SlackRefused("json_not_object")
    return read


async def _form(request: Request) -> Json:
    try:
        form = await request.form()
    except MultiPartException:
        raise SlackRefused("invalid_form_data") from None
    read: Json = {}
    for name, value in form.multi_items():
        read[name] = await value.read() if isinstance(value, UploadFile) else value
    return read


def _decode(given: Json) -> None:
    for name in _JSON_STRINGS & given.keys():
        value = given[name]
        if not isinstance(value, str) or not value:
            continue
        try:
            given[name] = json.loads(value)
        except ValueError:
            if name == "message":
                continue
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise SlackRefused(error, messages=[f"invalid JSON [json-pointer:/{name}]"]) from None
