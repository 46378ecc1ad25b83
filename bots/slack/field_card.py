"""The card for a director of a field: which case touches it and who leads; no field by name."""

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.face import Face
from core.usecases.cases.glance_field import FieldGlance


def field_face(seen: FieldGlance, *, locale: str) -> Face:
    """分野のお知らせ: the alias, the area and whom to talk to."""
    where = {"alias": b.escape(seen.alias), "area": b.escape(seen.area)}
    return Face(
        text=say("cards.field", locale=locale, alias=seen.alias),
        blocks=(
            b.header(say("field_card.heading", locale=locale, alias=seen.alias)),
            b.section(say("field_card.row", locale=locale, lead=b.escape(seen.lead), **where)),
        ),
    )
