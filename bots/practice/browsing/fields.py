"""The fields and buttons of a form, by the labels that a person reads beside them."""

from collections.abc import Iterator
from typing import Final

from bots.practice.browsing.sights import TYPED, Field, Option
from bots.practice.browsing.tree import Element

BUTTONS: Final = frozenset({"submit", "image"})
UNFILLED: Final = frozenset({"hidden", "submit", "image", "button", "reset"})
TICKED: Final = frozenset({"checkbox", "radio"})
CONTROLS: Final = frozenset({"input", "select", "textarea", "button"})

Labelled = tuple[Element, Field]


def is_button(element: Element) -> bool:
    """Whether pressing it sends a form."""
    if element.tag == "button":
        return element.get("type", "submit") == "submit"
    return element.tag == "input" and element.get("type") in BUTTONS


def is_field(element: Element) -> bool:
    """Whether a person can write or choose in it."""
    if element.tag == "input":
        return element.get("type", "text") not in UNFILLED
    return element.tag in ("select", "textarea")


def buttons_of(form: Element, root: Element) -> Iterator[Element]:
    """The buttons that send this form, wherever they stand."""
    for element in root.walk():
        if is_button(element) and element.shown() and not element.has("disabled"):
            owner = element.get("form")
            if (owner and owner == form.get("id")) or (not owner and form in element.within()):
                yield element


def hidden_of(form: Element) -> tuple[tuple[str, str], ...]:
    """What the form carries along unseen."""
    return tuple(
        (element.get("name"), element.get("value"))
        for element in form.walk()
        if element.tag == "input" and element.get("type") == "hidden" and element.get("name")
    )


def fields_of(form: Element, root: Element) -> tuple[Labelled, ...]:
    """Every field with the element that shows it; ticks of one name are one field."""
    controls = [
        element
        for element in form.walk()
        if is_field(element) and element.shown() and not element.has("disabled")
    ]
    found: list[Labelled] = []
    told: set[str] = set()
    for element in controls:
        name = element.get("name")
        if element.get("type") not in TICKED:
            found.append((element, _field(element, root)))
        elif name not in told:
            told.add(name)
            mates = [each for each in controls if each.get("name") == name]
            found.append((element, _ticks(mates, root)))
    return tuple(found)


def _field(element: Element, root: Element) -> Field:
    label, short = _label(element, root)
    options: tuple[Option, ...] = ()
    if element.tag == "select":
        kind, (options, held) = "select", _options(element)
    elif element.tag == "textarea":
        kind, held = "textarea", (element.raw_text().removeprefix("\n"),)
    else:
        asked = element.get("type", "text")
        kind = asked if asked in TYPED or asked == "file" else "text"
        # Nothing stands in a file's field before somebody chooses one.
        held = () if kind == "file" else (element.get("value"),)
    return Field(
        label=label,
        short=short,
        name=element.get("name"),
        kind=kind,
        options=options,
        held=tuple(each for each in held if each),
        required=element.has("required"),
    )


def _options(select: Element) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    found = [each for each in select.walk() if each.tag == "option"]
    options = tuple(Option(label=each.text(), value=_value(each)) for each in found)
    held = tuple(_value(each) for each in found if each.has("selected"))
    if not held and found and not select.has("multiple"):
        held = (_value(found[0]),)
    return options, held


def _value(option: Element) -> str:
    return option.get("value") if option.has("value") else option.text()


def _ticks(mates: list[Element], root: Element) -> Field:
    first = mates[0]
    legend = _legend(first)
    alone = len(mates) == 1 and first.get("type") == "checkbox" and legend is None
    label, short = _label(first, root) if legend is None else (legend.text(), legend.own_text())
    kind = "checkbox" if alone else "radio" if first.get("type") == "radio" else "checkboxes"
    return Field(
        label=label,
        short=short,
        name=first.get("name"),
        kind=kind,
        options=tuple(
            Option(label=_label(each, root)[0], value=each.get("value", "on")) for each in mates
        ),
        held=tuple(each.get("value", "on") for each in mates if each.has("checked")),
        required=any(each.has("required") for each in mates),
    )


def _legend(element: Element) -> Element | None:
    """The heading of the fieldset in which a tick stands."""
    fieldset = next((each for each in element.within() if each.tag == "fieldset"), None)
    if fieldset is None:
        return None
    return next((each for each in fieldset.walk() if each.tag == "legend"), None)


def _label(element: Element, root: Element) -> tuple[str, str]:
    """All that the label says, and what it says without what is set apart in it."""
    named = element.get("id")
    for each in root.walk():
        if each.tag == "label" and named and each.get("for") == named:
            return each.text(without=CONTROLS), each.own_text()
    for each in element.within():
        if each.tag == "label":
            return each.text(without=CONTROLS), each.own_text()
    labelled = element.get("aria-labelledby").split()
    if labelled:
        words = " ".join(each.text() for each in root.walk() if each.get("id") in labelled)
        return words, words
    return element.get("aria-label"), element.get("aria-label")
