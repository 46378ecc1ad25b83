"""YAML as plain values, with the line of each of them.

Only a small, unsurprising YAML is read: `10:00` and `2025-04-01` and `no` stay the text that
they are, numbers have no leading zero, and there are no anchors and no tags.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bots.town.problems import Found, Path

_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {_TAG + kind for kind in ("str", "null", "bool", "int", "seq", "map")}


class _Loader(yaml.SafeLoader):
    """The small YAML of town files; used for its node tree only."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML reads this very attribute


_Loader.add_implicit_resolver(_TAG + "null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver(_TAG + "bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    _TAG + "int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
)


class Unreadable(Exception):
    """The text is no YAML at all. `line` counts from 1."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        self.sentence = sentence
        super().__init__(sentence)


class Document:
    """A file's content.

    Attributes:
        value: dicts, lists, text, whole numbers, true or false, None.
        found: what the YAML itself has wrong (a field written twice, a tag, an anchor).
    """

    def __init__(self, text: str) -> None:
        """Read it.

        Raises:
            Unreadable: the text is no YAML.
        """
        self.found: list[Found] = []
        self._lines: dict[Path, int] = {(): 1}
        self._seen: set[int] = set()
        root = _compose(text)
        self.value: Any = None if root is None else self._plain(root, ())

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it that is there."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _plain(self, node: yaml.Node, path: Path) -> Any:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if node.tag not in _KNOWN_TAGS:
            self.found.append(Found(path, f"tags such as {node.tag} are not used in town files"))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._seen:
            self.found.append(
                Found(path, "references (*) are not used in town files; write it out")
            )
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*path, place)) for place, item in enumerate(node.value)]
        return dict(self._pairs(node, path))

    def _pairs(self, node: yaml.Node, path: Path) -> Iterator[tuple[str, Any]]:
        there: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                line = key_node.start_mark.line + 1
                self.found.append(Found(path, f"a field needs a plain name (line {line})"))
                continue
            key = str(key_node.value)
            at = (*path, key)
            if key in there:
                first = self._lines[at]
                self._lines[at] = key_node.start_mark.line + 1
                self.found.append(
                    Found(at, f"this field is written twice, here and in line {first}; keep one")
                )
                continue
            there.add(key)
            self._lines[at] = key_node.start_mark.line + 1
            yield key, self._plain(value_node, at)


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(filter(None, (error.context, error.problem)))
        raise Unreadable(mark.line + 1 if mark else 1, f"this is not YAML: {said}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(line, f"this is not YAML: {error.reason}") from error
    except RecursionError as error:
        raise Unreadable(1, "this is nested too deeply to be a town file") from error


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    text = str(node.value)
    if node.tag == _TAG + "null":
        return None
    if node.tag == _TAG + "bool":
        return text == "true"
    if node.tag == _TAG + "int":
        return int(text)
    return text
