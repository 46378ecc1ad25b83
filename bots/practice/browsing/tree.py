"""HTML as a tree of elements, as far as a page that needs no scripts goes."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
UNSHOWN: Final = frozenset({"head", "script", "style", "template", "noscript", "svg"})
# An element of the first kind ends an open one of the second: what HTML lets one leave out.
ENDS: Final = {
    "li": frozenset({"li"}),
    "option": frozenset({"option"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}


class Element:
    """An element with its attributes and what is in it.

    A page is looked at many times once it is read, and does not change any more: what can be read
    in an element, and what is below it, is worked out once.
    """

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.inside: list[Element | str] = []
        self._said: dict[frozenset[str], str] = {}
        self._below: tuple[Element, ...] | None = None

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute; one without a value is ""."""
        return self.attributes.get(name, otherwise)

    def has(self, name: str) -> bool:
        """Whether the attribute is there at all."""
        return name in self.attributes

    def walk(self) -> "Iterator[Element]":
        """This element and all below it, in reading order."""
        if self._below is None:
            self._below = tuple(
                one for each in self.inside if isinstance(each, Element) for one in each.walk()
            )
        yield self
        yield from self._below

    def within(self) -> "Iterator[Element]":
        """What it stands in, nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def shown(self) -> bool:
        """Whether a person sees it."""
        return not any(_hides(each) for each in (self, *self.within()))

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """All that can be read in it, on one line; elements named in `without` left out."""
        return " ".join(self._all_said(without).split())

    def own_text(self) -> str:
        """What stands in it directly, on one line."""
        return " ".join(" ".join(each for each in self.inside if isinstance(each, str)).split())

    def raw_text(self) -> str:
        """The text with its line breaks, as a textarea holds it."""
        return "".join(each for each in self.inside if isinstance(each, str))

    def _all_said(self, without: frozenset[str]) -> str:
        if without not in self._said:
            self._said[without] = "".join(
                each if isinstance(each, str) else each._part(without) for each in self.inside
            )
        return self._said[without]

    def _part(self, without: frozenset[str]) -> str:
        """What it adds to the text of what it stands in."""
        if self.tag == "br":
            return " "
        return "" if self.tag in without or _hides(self) else self._all_said(without)


def read_html(text: str) -> Element:
    """The document as a tree; whatever is odd in it is read as well as can be."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.root


def _hides(element: Element) -> bool:
    return element.tag in UNSHOWN or element.has("hidden") or element.get("aria-hidden") == "true"


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self._at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._at.tag in ENDS.get(tag, ()) and self._at.parent is not None:
            self._at = self._at.parent
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self._at)
        self._at.inside.append(element)
        if tag not in VOID:
            self._at = element

    def handle_endtag(self, tag: str) -> None:
        for each in (self._at, *self._at.within()):
            if each.tag == tag and each.parent is not None:
                self._at = each.parent
                return

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)
