"""What may be filled into a template, and how each thing is said in each style."""

import enum
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.ruby import Piece, pieces

NAME_MOST: Final = 20
TITLE_MOST: Final = 40
_MARKS: Final = frozenset("｜《》{}\n\r")


class TextField(enum.StrEnum):
    """A field, by the name that stands in braces in a template."""

    SENDER = "名乗り"
    PLACE = "ところ"
    READERS = "読む人"
    HOURS = "読む時間"
    SEASON = "季節のことば"
    INTEREST = "好きなもの"
    LEAFLET = "ちらし"
    RESUMES = "再開日"
    SIGN_OFF = "結び"


class FieldUnfit(CaseworkError):
    """A value does not fit its field. Facts: `field`, `most` (longest, characters)."""

    rule = "S1"


class FieldsMissing(CaseworkError):
    """Fields of the template have nothing to stand in them. Facts: `fields`."""

    rule = "S1"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, on working days, somebody reads what comes in; local time."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Names:
    """One to three people, as the person knows them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that bring readings of their own: a phrase of the season, a sign-off."""

    parts: tuple[Piece, ...]


Value = str | Names | Hours | date | Wording
Values = dict[TextField, Value]
_SHAPES: Final[dict[TextField, tuple[type, int]]] = {
    TextField.SENDER: (str, NAME_MOST),
    TextField.PLACE: (str, NAME_MOST),
    TextField.READERS: (Names, NAME_MOST),
    TextField.HOURS: (Hours, 0),
    TextField.SEASON: (Wording, 0),
    TextField.INTEREST: (str, NAME_MOST),
    TextField.LEAFLET: (str, TITLE_MOST),
    TextField.RESUMES: (date, 0),
    TextField.SIGN_OFF: (Wording, 0),
}
# Days of the month that are not read as number and にち.
_DAYS: Final = {
    1: "ついたち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}


def said(field: TextField, value: Value, *, style: LanguageStyle) -> tuple[Piece, ...]:
    """A value as it stands in the text.

    Raises:
        FieldUnfit: it is of another kind, empty, too long, or holds marks of the notation.
    """
    kind, most = _SHAPES[field]
    if not isinstance(value, kind):
        raise FieldUnfit(field=field.value, most=str(most or TITLE_MOST))
    match value:
        case Wording():
            return value.parts
        case Names():
            if not 1 <= len(value.names) <= 3:
                raise FieldUnfit(field=field.value, most=str(most))
            names = [_line(field, name, most=most) for name in value.names]
            return (Piece("か".join(names)),)
        case Hours():
            return _hours(field, value, style=style)
        case date():
            return _day(value, style=style)
        case _:
            return (Piece(_line(field, value, most=most)),)


def _line(field: TextField, text: str, *, most: int) -> str:
    text = text.strip()
    if not text or len(text) > most or _MARKS & set(text):
        raise FieldUnfit(field=field.value, most=str(most))
    return text


def _hours(field: TextField, hours: Hours, *, style: LanguageStyle) -> tuple[Piece, ...]:
    if hours.opens >= hours.closes:
        raise FieldUnfit(field=field.value, most=str(TITLE_MOST))
    opens, closes = _clock(hours.opens), _clock(hours.closes)
    if style is LanguageStyle.STANDARD:
        return pieces(_without(f"｜平日《へいじつ》{opens}〜{closes}"))
    text = f"｜月曜日《げつようび》から｜金曜日《きんようび》の、{opens}から{closes}"
    return pieces(text if style is LanguageStyle.YASASHII_RUBY else _without(text))


def _clock(at: time) -> str:
    minutes = f"{at.minute}｜分《ふん》" if at.minute else ""
    return f"{at.hour}｜時《じ》{minutes}"


def _day(day: date, *, style: LanguageStyle) -> tuple[Piece, ...]:
    reading = _DAYS.get(day.day)
    if reading:
        text = f"{day.month}｜月《がつ》｜{day.day}日《{reading}》"
    else:
        text = f"{day.month}｜月《がつ》{day.day}｜日《にち》"
    return pieces(text if style is LanguageStyle.YASASHII_RUBY else _without(text))


def _without(text: str) -> str:
    return "".join(piece.base for piece in pieces(text))
