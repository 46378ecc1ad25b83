"""What a page shows: its lines, links, forms and fields, each by its visible label."""

from dataclasses import dataclass
from typing import Any, Final

TYPED: Final = frozenset({"date", "time", "datetime-local", "number"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer of a select, of radio buttons or of checkboxes."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        label: all that its label says; `short` without what is set apart in it.
        kind: `text`, `textarea`, `date`, `time`, `datetime-local`, `number`, `select`, `radio`,
            `checkboxes` (several under one heading), `checkbox` (one that is ticked or not) or
            `file`, in which the name of the chosen file stands.
        held: what stands in it: the text, or the values that are chosen.
    """

    label: str
    short: str
    name: str
    kind: str
    options: tuple[Option, ...]
    held: tuple[str, ...]
    required: bool

    @property
    def shown(self) -> str:
        """What a person reads in it."""
        if not self.options:
            return "\n".join(self.held)
        return "、".join(each.label for each in self.options if each.value in self.held)

    @property
    def choices(self) -> tuple[str, ...]:
        """The labels one can choose from; none where one writes."""
        return tuple(each.label for each in self.options)

    def as_json(self) -> dict[str, Any]:
        """`{"label", "kind", "value", "options", "required"}`."""
        return {
            "label": self.short or self.label,
            "kind": self.kind,
            "value": self.shown,
            "options": list(self.choices),
            "required": self.required,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """Something to press: a link (`href`) or a button of form number `form`.

    Attributes:
        label: all that it says; `short` without what is set apart in it, such as a count.
        around: the texts of what it stands in, smallest first.
        name, value: what a button sends along.
    """

    label: str
    short: str
    around: tuple[str, ...]
    href: str | None = None
    form: int | None = None
    name: str = ""
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form; `hidden` travels along unseen.

    Attributes:
        checked: the browser asks for what is required before it sends.
        in_parts: it is sent as `multipart/form-data`, as a form with a file is.
    """

    action: str
    method: str
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    checked: bool
    in_parts: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One piece of the page in reading order.

    Attributes:
        kind: `heading`, `line`, `item`, `term`, `quote`, `notice`, `field`, `button` or `link`.
        level: of a heading.
        label: of a field.
        choices: what can be ticked there, ticked or not.
    """

    kind: str
    text: str
    level: int = 0
    label: str = ""
    choices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Only what says something."""
        told: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.level:
            told["level"] = self.level
        if self.kind == "field":
            told["label"] = self.label
        if self.choices:
            told["choices"] = list(self.choices)
        return told


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """A page at one moment; `address` is its path without the origin."""

    address: str
    status: int
    title: str
    parts: tuple[Part, ...]
    presses: tuple[Press, ...]
    forms: tuple[Form, ...]

    @property
    def text(self) -> str:
        """Everything that can be read, line by line."""
        said = ((part.label, part.text, *part.choices) for part in self.parts)
        return "\n".join(line for lines in said for line in lines if line)

    @property
    def labels(self) -> tuple[str, ...]:
        """Everything that can be pressed, each once."""
        return tuple(dict.fromkeys(each.label for each in self.presses if each.label))

    def as_json(self) -> dict[str, Any]:
        """`{"address", "status", "title", "text", "parts", "links", "buttons", "forms"}`."""
        return {
            "address": self.address,
            "status": self.status,
            "title": self.title,
            "text": self.text,
            "parts": [part.as_json() for part in self.parts],
            "links": [each.label for each in self.presses if each.href is not None],
            "buttons": [each.label for each in self.presses if each.form is not None],
            "forms": [
                {
                    "fields": [field.as_json() for field in form.fields],
                    "buttons": [each.label for each in self.presses if each.form == number],
                }
                for number, form in enumerate(self.forms)
            ],
        }
