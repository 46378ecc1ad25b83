"""Papers with a one-time code: a letter (A4) and cards of the size of a name card, as PDF.

Whoever finds such a paper learns only that short letters can be had (G-11): no name of the person,
no word of what the office does, nothing of the case. The QR leads to the account and holds no
code; the code is what one sends. Only the glyphs in use go into the file.
"""

import enum
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bots.paper.sheet import A4, panel, rule, say, sheet
from bots.paper.typeface import ACCENT, FAMILY, INK, LINE

if TYPE_CHECKING:
    from fpdf import FPDF

ADD_FRIEND: Final = "https://line.me/R/ti/p/"
"""With the basic id behind it, LINE opens where the account is added."""

_CARD: Final = (91.0, 55.0)
_COLUMNS, _ROWS = 2, 5
_MARGIN: Final = 26.0


class PaperForm(enum.StrEnum):
    """What is printed. CARDS are ten with the same code, on one A4."""

    LETTER = "letter"
    CARD = "card"
    CARDS = "cards"


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkPaper:
    """What stands on the paper.

    Attributes:
        account: the account's neutral name.
        basic_id: the account's id at LINE, such as @123abcde.
        code: the one-time code; it is in the file and nowhere else.
        until: the last day on which it can be used, in words: 12月30日(水).
        sender: who hands it over; "" for nobody by name.
        made_at: stands in the file's own data, in place of the machine's clock.
    """

    account: str
    basic_id: str
    code: str
    until: str
    sender: str
    made_at: datetime


def add_friend_url(basic_id: str) -> str:
    """Where the QR leads: the place at LINE where this account is added."""
    return ADD_FRIEND + quote(basic_id, safe="")


def groups(code: str) -> tuple[str, str]:
    """The code in two groups, as it is read and typed."""
    half = len(code) // 2
    return code[:half], code[half:]


def words_on(paper: LinkPaper, form: PaperForm) -> tuple[str, ...]:
    """Every word that will stand on the paper, but for the code."""
    fixed = _LETTER_WORDS if form is PaperForm.LETTER else _CARD_WORDS
    return (paper.account, paper.sender, *(line.format(until=paper.until) for line in fixed))


def printed(paper: LinkPaper, form: PaperForm) -> bytes:
    """The PDF, of one A4 page."""
    # Whoever looks at the file's own data sees what everybody may see.
    pdf = sheet(title=paper.account, made_at=paper.made_at)
    if form is PaperForm.LETTER:
        _letter(pdf, paper)
    else:
        many = form is PaperForm.CARDS
        for left, top in _places(many=many):
            _card(pdf, paper, left, top)
    return bytes(pdf.output())


_OPENING: Final = (
    "ときどき、ここに短いおたよりを送ります。",
    "お返事はなくて大丈夫です。この紙も、使っても使わなくても大丈夫です。",
)
_STEP_ONE: Final = (
    "スマートフォンで",
    "この四角い印を読みます",
    "「追加」を押すと、受け取れます。",
)
_STEP_TWO: Final = (
    "トークに、この文字を送ります",
    "小さい文字でも、間をつめても大丈夫です。",
)
_CLOSING: Final = (
    "この文字は {until} まで、一度だけ使えます。",
    "日が過ぎたら、新しい紙をお渡しします。",
    "受け取るのは、いつでもやめられます。わけはお聞きしません。",
)
_ON_CARD: Final = (
    "短いおたよりを、ときどき。",
    "1  右の印を読んで「追加」",
    "2  トークに、この文字を送る",
    "{until} まで、一度だけ使えます",
    "お返事はなくて大丈夫です",
)
_LETTER_WORDS: Final = (*_OPENING, *_STEP_ONE, *_STEP_TWO, *_CLOSING)
_CARD_WORDS: Final = _ON_CARD


def _letter(pdf: "FPDF", paper: LinkPaper) -> None:
    width = A4[0] - 2 * _MARGIN
    say(pdf, paper.account, _MARGIN, 34, size=21, colour=ACCENT)
    rule(pdf, _MARGIN, 48, width)
    for number, line in enumerate(_OPENING):
        say(pdf, line, _MARGIN, 58 + number * 10, size=12.5)
    _step(pdf, "1", _MARGIN, 96)
    for number, line in enumerate(_STEP_ONE):
        soft = number == len(_STEP_ONE) - 1
        say(pdf, line, _MARGIN + 14, 95 + number * 10, size=11 if soft else 15, soft=soft)
    _qr(pdf, paper, A4[0] - _MARGIN - 46, 88, side=46)
    _step(pdf, "2", _MARGIN, 153)
    say(pdf, _STEP_TWO[0], _MARGIN + 14, 152, size=15)
    panel(pdf, _MARGIN, 166, width, 42)
    _code(pdf, paper.code, A4[0] / 2, 187, size=46, gap=14)
    say(pdf, _STEP_TWO[1], _MARGIN, 213, size=11, soft=True)
    for number, line in enumerate(_CLOSING):
        size = 13 if number == 0 else 11
        top = 230 + number * 9
        say(pdf, line.format(until=paper.until), _MARGIN, top, size=size, soft=number > 0)
    if paper.sender:
        pdf.set_font(FAMILY, size=13)
        say(
            pdf,
            paper.sender,
            A4[0] - _MARGIN - pdf.get_string_width(paper.sender),
            264,
            size=13,
        )


def _places(*, many: bool) -> Iterator[tuple[float, float]]:
    wide, high = _CARD
    left = (A4[0] - _COLUMNS * wide) / 2
    top = (A4[1] - _ROWS * high) / 2
    for row in range(_ROWS if many else 1):
        for column in range(_COLUMNS if many else 1):
            yield left + column * wide, top + row * high


def _card(pdf: "FPDF", paper: LinkPaper, left: float, top: float) -> None:
    _corners(pdf, left, top)
    size = _fitting(pdf, paper.account, most=11.5, room=_CARD[0] - 7 - 29 - 2)
    say(pdf, paper.account, left + 7, top + 6, size=size, colour=ACCENT)
    say(pdf, _ON_CARD[0], left + 7, top + 13.2, size=7.5, soft=True)
    _qr(pdf, paper, left + _CARD[0] - 29, top + 6, side=22)
    say(pdf, _ON_CARD[1], left + 7, top + 19.4, size=7.5)
    say(pdf, _ON_CARD[2], left + 7, top + 24.2, size=7.5)
    panel(pdf, left + 7, top + 31, _CARD[0] - 14, 12.5)
    _code(pdf, paper.code, left + _CARD[0] / 2, top + 37.25, size=20, gap=6)
    say(pdf, _ON_CARD[3].format(until=paper.until), left + 7, top + 46.2, size=7)
    pdf.set_font(FAMILY, size=7)
    last = _ON_CARD[4]
    say(pdf, last, left + _CARD[0] - 7 - pdf.get_string_width(last), top + 46.2, size=7, soft=True)


def _fitting(pdf: "FPDF", text: str, *, most: float, room: float) -> float:
    """The size in points, `most` at most, in which a line takes up no more than `room` mm."""
    pdf.set_font(FAMILY, size=most)
    return most * min(1, room / pdf.get_string_width(text))


def _step(pdf: "FPDF", number: str, left: float, top: float) -> None:
    pdf.set_draw_color(*ACCENT)
    pdf.set_line_width(0.5)
    pdf.ellipse(left, top - 0.4, 8, 8)
    pdf.set_font(FAMILY, size=13)
    say(
        pdf,
        number,
        left + 4 - pdf.get_string_width(number) / 2,
        top + 1.3,
        size=13,
        colour=ACCENT,
    )


def _corners(pdf: "FPDF", left: float, top: float) -> None:
    """Marks for the scissors, at the corners only."""
    pdf.set_draw_color(*LINE)
    pdf.set_line_width(0.2)
    for x in (left, left + _CARD[0]):
        for y in (top, top + _CARD[1]):
            pdf.line(x - 2, y, x + 2, y)
            pdf.line(x, y - 2, x, y + 2)


def _code(pdf: "FPDF", code: str, middle: float, level: float, *, size: float, gap: float) -> None:
    """Two groups with air between the signs, each sign on a place of its own around the middle."""
    pdf.set_font(FAMILY, size=size)
    pdf.set_text_color(*INK)
    step = pdf.get_string_width("M") * 1.18
    width = len(code) * step + gap
    at = middle - width / 2
    for number, sign in enumerate("".join(groups(code))):
        extra = gap if number >= len(code) // 2 else 0
        place = at + number * step + extra + (step - pdf.get_string_width(sign)) / 2
        # Capitals stand 0.73 em high over the line on which they stand.
        pdf.text(place, level + 0.365 * pdf.font_size, sign)


def _qr(pdf: "FPDF", paper: LinkPaper, left: float, top: float, *, side: float) -> None:
    import segno

    made = segno.make(add_friend_url(paper.basic_id), error="m", micro=False)
    picture = io.BytesIO()
    made.save(picture, kind="png", scale=12, border=0, dark="#2d3436")
    pdf.image(picture, left, top, side, side, alt_text=paper.account)
