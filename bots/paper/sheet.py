"""A sheet of paper, and what every paper of ours is drawn with. Lengths are in mm, sizes in pt."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bots.paper.typeface import FAMILY, FONT_FILE, INK, LINE, PALE, SOFT_INK, Colour

if TYPE_CHECKING:
    from fpdf import FPDF

A4: Final = (210.0, 297.0)


def sheet(*, title: str, made_at: datetime) -> "FPDF":
    """An empty A4 page.

    Args:
        title: stands in the file's own data, where everybody may look; the account's neutral name.
        made_at: stands there, too, in place of the machine's clock.
    """
    from fpdf import FPDF

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_creation_date(made_at)
    pdf.set_title(title)
    pdf.set_lang("ja-JP")
    pdf.add_font(FAMILY, fname=FONT_FILE)
    pdf.add_page()
    return pdf


def say(
    pdf: "FPDF",
    text: str,
    left: float,
    top: float,
    *,
    size: float,
    colour: Colour = INK,
    soft: bool = False,
) -> None:
    """A line of text, its upper left corner there."""
    pdf.set_font(FAMILY, size=size)
    pdf.set_text_color(*(SOFT_INK if soft else colour))
    pdf.set_xy(left, top)
    pdf.cell(text=text)


def panel(pdf: "FPDF", left: float, top: float, width: float, height: float) -> None:
    """A pale ground with round corners."""
    pdf.set_fill_color(*PALE)
    pdf.rect(left, top, width, height, style="F", round_corners=True, corner_radius=3)


def rule(pdf: "FPDF", left: float, top: float, width: float) -> None:
    """A thin line across."""
    pdf.set_draw_color(*LINE)
    pdf.set_line_width(0.3)
    pdf.line(left, top, left + width, top)
