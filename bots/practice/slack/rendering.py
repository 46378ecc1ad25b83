"""What a person sees of Slack's markup: names for ids, words for links, dates in JST."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bots.practice.slack.model import Json

JST = ZoneInfo("Asia/Tokyo")
Names = Callable[[str], str]
"""Gives the visible name of a user or channel id."""

_ANGLE = re.compile(r"<([^<>\n]+)>")
_MARKS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")
_WEEKDAYS = "月火水木金土日"


def seen(text: str, *, names: Names, marked: bool = True) -> str:
    """A text as shown: mrkdwn resolved when `marked`, entities always."""
    if marked:
        text = _ANGLE.sub(lambda m: _angle(m.group(1), names), text)
        text = _MARKS.sub(lambda m: m.group(2), text)
    return html.unescape(text)


def links(text: str) -> Iterator[tuple[str, str]]:
    """The links of a mrkdwn text: (visible label, URL)."""
    for inside in _ANGLE.findall(text):
        if inside[0] not in "@#!":
            url, _, label = inside.partition("|")
            yield html.unescape(label or url), html.unescape(url)


def _angle(inside: str, names: Names) -> str:
    body, _, label = inside.partition("|")
    if body[0] == "@":
        return "@" + names(body[1:])
    if body[0] == "#":
        return "#" + (label or names(body[1:]))
    if body.startswith("!date^"):
        return _date(body, label)
    if body.startswith("!subteam^"):
        return label or "@" + names(body.removeprefix("!subteam^"))
    if body[0] == "!":
        return label or "@" + body[1:]
    return label or body


def _date(body: str, fallback: str) -> str:
    parts = body.split("^")
    if len(parts) < 3 or not parts[1].isdigit():
        return fallback
    at = datetime.fromtimestamp(int(parts[1]), JST)
    day = f"{at.year}年{at.month}月{at.day}日"
    shown = {
        "{date_num}": f"{at:%Y-%m-%d}",
        "{date}": day,
        "{date_short}": day,
        "{date_long}": f"{day} {_WEEKDAYS[at.weekday()]}曜日",
        "{date_pretty}": day,
        "{date_short_pretty}": day,
        "{date_long_pretty}": f"{day} {_WEEKDAYS[at.weekday()]}曜日",
        "{time}": f"{at:%H:%M}",
        "{time_secs}": f"{at:%H:%M:%S}",
        "{ago}": day,
    }
    text = parts[2]
    for token, value in shown.items():
        text = text.replace(token, value)
    return text


def text_of(part: Any, *, names: Names) -> str:
    """The visible text of a text object (or of a plain string)."""
    if isinstance(part, str):
        return part
    return seen(part["text"], names=names, marked=part["type"] == "mrkdwn")


def block_texts(block: Json, *, names: Names) -> list[str]:
    """Every visible text of a block apart from what stands on its controls."""
    kind = block["type"]
    if kind == "section":
        parts = ([block["text"]] if block.get("text") else []) + (block.get("fields") or [])
        return [text_of(part, names=names) for part in parts]
    if kind == "context":
        return [
            e["alt_text"] if e["type"] == "image" else text_of(e, names=names)
            for e in block["elements"]
        ]
    if kind in ("header", "alert", "markdown"):
        return [text_of(block["text"], names=names)]
    if kind == "image":
        title = [text_of(block["title"], names=names)] if block.get("title") else []
        return [*title, block["alt_text"]]
    if kind == "video":
        return [text_of(block["title"], names=names)]
    if kind == "input":
        hint = [text_of(block["hint"], names=names)] if block.get("hint") else []
        return [text_of(block["label"], names=names), *hint]
    if kind == "rich_text":
        return [rich_text(block, names=names)]
    return _gathered(block, names=names)


def _gathered(block: Json, *, names: Names) -> list[str]:
    kind = block["type"]
    if kind == "card":
        parts = [block[n] for n in ("title", "subtitle", "body") if block.get(n)]
        return [text_of(part, names=names) for part in parts]
    if kind == "carousel":
        return [t for card in block["elements"] for t in block_texts(card, names=names)]
    if kind == "container":
        own = [text_of(block[n], names=names) for n in ("title", "subtitle") if block.get(n)]
        return own + [t for b in block["child_blocks"] for t in block_texts(b, names=names)]
    if kind in ("table", "data_table"):
        caption = [block["caption"]] if block.get("caption") else []
        return caption + [_cell(c, names=names) for row in block["rows"] for c in row]
    return []


def _cell(cell: Json, *, names: Names) -> str:
    if cell["type"] == "rich_text":
        return rich_text(cell, names=names)
    return str(cell.get("text") or cell.get("value") or "")


def rich_text(part: Json, *, names: Names) -> str:
    """The words of a rich text block or element."""
    kind = part.get("type")
    if kind == "text":
        return str(part["text"])
    if kind == "link":
        return str(part.get("text") or part["url"])
    if kind == "user":
        return "@" + names(part["user_id"])
    if kind == "channel":
        return "#" + names(part["channel_id"])
    if kind == "emoji":
        return f":{part['name']}:"
    inner = [rich_text(e, names=names) for e in part.get("elements") or []]
    return ("\n" if kind in ("rich_text", "rich_text_list") else "").join(inner)


def block_links(block: Json) -> Iterator[tuple[str, str]]:
    """Links within the texts of a block: (label, URL)."""
    parts = [block.get("text"), *(block.get("fields") or []), *(block.get("elements") or [])]
    for part in parts:
        if isinstance(part, dict) and part.get("type") == "mrkdwn":
            yield from links(part["text"])
    for child in block.get("child_blocks") or []:
        yield from block_links(child)
