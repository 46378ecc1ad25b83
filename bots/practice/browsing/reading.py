"""Reads a document into what a person sees of it."""

from collections.abc import Iterator
from typing import Final

from bots.practice.browsing.fields import buttons_of, fields_of, hidden_of, is_button, is_field
from bots.practice.browsing.sights import Field, Form, Part, Press, Sight
from bots.practice.browsing.tree import Element, read_html

INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "img", "kbd", "mark", "q"}
    | {"rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
)
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
KINDS: Final = {"li": "item", "dt": "term", "blockquote": "quote"}
AROUND: Final = frozenset(
    {"article", "dd", "div", "dl", "fieldset", "form", "li", "nav", "ol", "p", "section"}
    | {"td", "tr", "ul"}
)


def see(text: str, *, address: str, status: int) -> Sight:
    """What a page shows.

    Args:
        address: the path it was fetched from, for links and forms that name none.
    """
    root = read_html(text)
    title = next((each.text() for each in root.walk() if each.tag == "title"), "")
    found = [each for each in root.walk() if each.tag == "form" and each.shown()]
    fields = {id(form): fields_of(form, root) for form in found}
    return Sight(
        address=address,
        status=status,
        title=title,
        parts=tuple(_Reader(fields).read(root)),
        presses=tuple(_presses(root, found)),
        forms=tuple(_form(form, fields[id(form)], address) for form in found),
    )


def _form(form: Element, fields: tuple[tuple[Element, Field], ...], address: str) -> Form:
    return Form(
        action=form.get("action") or address,
        method=form.get("method", "get").lower(),
        hidden=hidden_of(form),
        fields=tuple(field for _, field in fields),
        checked=not form.has("novalidate"),
        in_parts=form.get("enctype").lower() == "multipart/form-data",
    )


def _presses(root: Element, forms: list[Element]) -> Iterator[Press]:
    for element in root.walk():
        if not element.shown():
            continue
        if element.tag == "a" and element.has("href"):
            yield Press(
                label=_name(element),
                short=element.own_text(),
                around=_around(element),
                href=element.get("href"),
            )
    for number, form in enumerate(forms):
        for element in buttons_of(form, root):
            yield Press(
                label=_name(element),
                short=element.own_text(),
                around=_around(element),
                form=number,
                name=element.get("name"),
                value=element.get("value"),
            )


def _name(element: Element) -> str:
    said = element.get("value") if element.tag == "input" else element.text()
    return " ".join((said or element.get("aria-label")).split())


def _around(element: Element) -> tuple[str, ...]:
    return tuple(each.text() for each in element.within() if each.tag in AROUND)


class _Reader:
    """Gathers running text into lines, and names controls where they stand."""

    def __init__(self, fields: dict[int, tuple[tuple[Element, Field], ...]]) -> None:
        self._fields = {id(first): field for own in fields.values() for first, field in own}
        self._line: list[str] = []
        self._kind, self._level = "line", 0

    def read(self, element: Element) -> Iterator[Part]:
        for each in element.inside:
            if isinstance(each, str):
                self._line.append(each)
            elif each.tag == "br":
                yield from self._end()
            elif each.shown():
                yield from self._element(each)

    def _element(self, element: Element) -> Iterator[Part]:
        if is_field(element) or is_button(element):
            yield from self._end()
            yield from self._control(element)
        elif element.tag == "label" or element.tag == "legend":
            # Its words are told with its field.
            yield from self._end()
            yield from (part for part in self.read(element) if part.kind == "field")
            self._line = []
        elif element.tag == "a" and element.has("href"):
            yield from self._end()
            yield Part(kind="link", text=_name(element))
        elif element.tag in INLINE:
            if element.tag == "img" and element.get("alt"):
                self._line.append(f" {element.get('alt')} ")
            yield from self.read(element)
        else:
            yield from self._end()
            before = self._kind, self._level
            self._kind, self._level = self._what(element)
            yield from self.read(element)
            yield from self._end()
            bulleted = before[0] == "item" and self._kind == "line" and element.tag != "li"
            self._kind, self._level = ("line", 0) if bulleted else before

    def _what(self, element: Element) -> tuple[str, int]:
        if element.get("role") in ("alert", "status"):
            return "notice", 0
        if element.tag in HEADINGS:
            return "heading", HEADINGS[element.tag]
        return KINDS.get(element.tag, self._kind), 0

    def _control(self, element: Element) -> Iterator[Part]:
        if is_button(element):
            yield Part(kind="button", text=_name(element))
            return
        field = self._fields.get(id(element))
        if field is not None:
            seen = () if field.kind in ("select", "checkbox") else field.choices
            label = field.short or field.label
            yield Part(kind="field", text=field.shown, label=label, choices=seen)

    def _end(self) -> Iterator[Part]:
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            yield Part(kind=self._kind, text=text, level=self._level)
            if self._kind == "item":
                # One bullet for each item, however many lines it has.
                self._kind = "line"
