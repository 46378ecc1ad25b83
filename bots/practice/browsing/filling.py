"""Fills a form in by visible label, as a browser lets one, and says what is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from bots.practice.browsing.sights import Field, Form, Press
from bots.practice.refusals import NotPossible

YES: Final = frozenset({"true", "yes", "on", "はい"})
NO: Final = frozenset({"false", "no", "off", "いいえ", ""})
READS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime-local": datetime.fromisoformat,
    "number": float,
}
EXAMPLES: Final = {
    "date": "2026-11-30",
    "time": "10:00",
    "datetime-local": "2026-11-30T10:00",
    "number": "3",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A file that somebody chose."""

    filename: str
    content: bytes


def fill(form: Form, values: Mapping[str, Any]) -> Form:
    """The form with these values in it.

    Args:
        values: by label; a text, a list of labels for ticks, None or "" for nothing.

    Raises:
        NotPossible: no such field, no such option, or not what the field takes.
    """
    fields = list(form.fields)
    for label, value in values.items():
        position = _position(fields, label)
        fields[position] = replace(fields[position], held=_held(fields[position], value))
    return replace(form, fields=tuple(fields))


def attach(form: Form, files: Mapping[str, Chosen]) -> tuple[Form, dict[str, Chosen]]:
    """The form with these files chosen, by label, and the files by the names of their fields.

    Raises:
        NotPossible: no such field, or none that takes a file.
    """
    fields, named = list(form.fields), dict[str, Chosen]()
    for label, chosen in files.items():
        position = _position(fields, label)
        if fields[position].kind != "file" or not form.in_parts:
            raise NotPossible(f"「{label}」はファイルを選ぶところではありません。")
        fields[position] = replace(fields[position], held=(chosen.filename,))
        named[fields[position].name] = chosen
    return replace(form, fields=tuple(fields)), named


def sent_by(form: Form, *, press: Press) -> list[tuple[str, str]]:
    """What pressing this button sends, in the order of the form.

    Raises:
        NotPossible: the browser asks for a required field first.
    """
    for field in form.fields:
        if form.checked and field.required and not field.held:
            raise NotPossible(f"「{field.short or field.label}」を入れてください。")
    told = (field for field in form.fields if field.name and field.kind != "file")
    sent = [pair for field in told for pair in _pairs(field)]
    button = [(press.name, press.value)] if press.name else []
    return [*form.hidden, *sent, *button]


def told(form: Form) -> dict[str, str]:
    """What a person sees of what is sent, by label."""
    return {field.short or field.label: field.shown for field in form.fields if field.shown}


def _pairs(field: Field) -> list[tuple[str, str]]:
    if field.options:
        return [(field.name, value) for value in field.held]
    return [(field.name, field.held[0] if field.held else "")]


def _position(fields: list[Field], label: str) -> int:
    for position, field in enumerate(fields):
        if label in (field.label, field.short):
            return position
    labels = tuple(field.short or field.label for field in fields)
    raise NotPossible(f"「{label}」という入力欄はこのページにありません。", labels=labels)


def _held(field: Field, value: Any) -> tuple[str, ...]:
    wanted = value if isinstance(value, list) else [value]
    texts = [str(each) for each in wanted if each is not None and str(each) != ""]
    if field.kind == "file":
        raise NotPossible(f"「{field.label}」のファイルは、multipart で送ってください。")
    if field.kind == "checkbox":
        return _ticked(field, texts)
    if field.options:
        return _chosen(field, texts)
    if len(texts) > 1:
        raise NotPossible(f"「{field.label}」に入れられるのは一つだけです。")
    return tuple(_typed(field, text) for text in texts)


def _ticked(field: Field, texts: list[str]) -> tuple[str, ...]:
    said = texts[0].lower() if texts else ""
    if said in YES or said == field.label.lower():
        return (field.options[0].value,)
    if said in NO:
        return ()
    raise NotPossible(f"「{field.label}」は「はい」か「いいえ」です。", labels=("はい", "いいえ"))


def _chosen(field: Field, texts: list[str]) -> tuple[str, ...]:
    if len(texts) > 1 and field.kind != "checkboxes":
        raise NotPossible(f"「{field.label}」で選べるのは一つだけです。", labels=field.choices)
    by_label = {each.label: each.value for each in field.options}
    for text in texts:
        if text not in by_label:
            raise NotPossible(f"「{field.label}」に「{text}」はありません。", labels=field.choices)
    if not texts and field.kind == "select":
        return ("",) if "" in by_label.values() else field.held
    return tuple(by_label[text] for text in texts)


def _typed(field: Field, text: str) -> str:
    reads = READS.get(field.kind)
    if reads is None:
        return text if field.kind == "textarea" else " ".join(text.splitlines())
    typed = text.replace(" ", "T") if field.kind == "datetime-local" else text
    try:
        reads(typed)
    except ValueError as error:
        example = EXAMPLES[field.kind]
        raise NotPossible(
            f"「{field.label}」は {example} の形で書いてください。", labels=(example,)
        ) from error
    return typed
