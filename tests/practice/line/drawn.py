"""Draws request bodies from the shape tables themselves, most of them right, some damaged."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from bots.practice.line.rules import Flag, Items, Kinds, Named, Number, Of, Rule, Shape, Text

DEEPEST = 5
JUNK = st.sampled_from([None, 0, -1, 1.5, "", "x", True, [], {}, [None], {"type": "x"}])

Draw = Callable[[Any], Any]


@st.composite
def bodies(draw: Draw) -> Any:
    """A function that draws a body for a shape."""

    def body(shape: Shape | Kinds) -> Any:
        value = _value(draw, shape, depth=0)
        return _damaged(draw, value) if draw(st.integers(0, 2)) == 0 else value

    return body


def _value(draw: Draw, rule: "Rule | Shape | Kinds", *, depth: int) -> Any:
    if isinstance(rule, Of):
        return _value(draw, rule.shape(), depth=depth)
    if isinstance(rule, Kinds):
        kinds = [kind for kind in rule.shapes if depth < DEEPEST or kind != "box"]
        kind = draw(st.sampled_from(kinds or list(rule.shapes)))
        return {**_value(draw, rule.shapes[kind], depth=depth), "type": kind}
    if isinstance(rule, Shape):
        return {
            name: _value(draw, field, depth=depth + 1)
            for name, field in rule.fields.items()
            if field.required or draw(st.integers(0, 4)) == 0
        }
    if isinstance(rule, Items):
        least, most = rule.least, rule.least + (2 if depth < DEEPEST else 0)
        if rule.most is not None:
            most = min(most, rule.most)
        size = draw(st.integers(least, most))
        return [_value(draw, rule.of, depth=depth + 1) for _ in range(size)]
    if isinstance(rule, Named):
        return {"a": _value(draw, rule.of, depth=depth + 1)}
    return _leaf(draw, rule)


def _leaf(draw: Draw, rule: Rule) -> Any:
    if isinstance(rule, Flag):
        return draw(st.booleans())
    if isinstance(rule, Number):
        least = int(rule.least or 0)
        most = least + 50 if rule.most is None else min(int(rule.most), least + 50)
        step = rule.step or 1
        return draw(st.integers(least // step, most // step)) * step
    assert isinstance(rule, Text)
    if rule.choices is not None:
        return draw(st.sampled_from(rule.choices))
    if rule.schemes is not None:
        return draw(st.sampled_from([f"{scheme}://example.com/a" for scheme in rule.schemes]))
    if rule.pattern is not None:
        return draw(st.from_regex(rule.pattern, fullmatch=True))
    longest = 12 if rule.most is None else min(rule.most, 12)
    return draw(st.text("aあ🍎\n", min_size=rule.least, max_size=longest))


def _damaged(draw: Draw, value: Any) -> Any:
    """The value with one thing in it replaced, removed or added."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        name = draw(st.sampled_from(sorted(value)))
        return {**value, name: _damaged(draw, value[name])}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(value) - 1))
        return [_damaged(draw, item) if at == place else item for at, item in enumerate(value)]
    if isinstance(value, dict):
        gone = draw(st.sampled_from([*sorted(value), "-"]))
        kept = {name: item for name, item in value.items() if name != gone}
        return kept if gone != "-" else {**value, draw(st.sampled_from(["x", "label"])): "a"}
    return draw(JUNK)
