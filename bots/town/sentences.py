"""Pydantic's findings in plain English."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bots.town.problems import Found, Path
from bots.town.schema import TownFile

_SENTENCES: Mapping[str, str] = {
    "missing": "this field is needed",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list (lines that begin with -)",
    "too_short": "must not be empty",
    "model_type": "must hold fields of its own (name: value)",
    "model_attributes_type": "must hold fields of its own (name: value)",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "enum": "must be one of {expected}",
    "literal_error": "must be {expected}",
}


def found_by_pydantic(error: ErrorDetails) -> Found:
    """One finding, in a sentence."""
    path: Path = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        return Found(path, _unknown(path))
    context = error.get("ctx", {})
    sentence = _SENTENCES.get(error["type"])
    return Found(path, sentence.format(**context) if sentence else error["msg"])


def closest(word: str, known: Any) -> str:
    """`; did you mean "…"?` when something known is near."""
    near = get_close_matches(word, [str(one) for one in known], n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _unknown(path: Path) -> str:
    fields = _model_at(path[:-1]).model_fields
    guess = closest(str(path[-1]), fields)
    return f"there is no such field here{guess or '; known are ' + ', '.join(fields)}"


def _model_at(path: Path) -> type[BaseModel]:
    """The shape that stands at a place of the file."""
    model: type[BaseModel] = TownFile
    for part in path:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in inner if model is not None), None)
