"""What was told of a contact stands on the case's page, and only what was told."""

from dataclasses import replace
from datetime import UTC, datetime

from bots.web.chapters.details import detail_lines
from core.contacts import (
    Contact,
    ContactChannel,
    ContactDetail,
    Destination,
    Direction,
    Met,
    WithWhom,
)
from core.ids import CaseId, ContactId, MunicipalityId

ALONG = Contact(
    id=ContactId("1"),
    municipality_id=MunicipalityId("midori"),
    case_id=CaseId("A-12"),
    at=datetime(2026, 11, 30, 1, 0, tzinfo=UTC),
    channel=ContactChannel.ACCOMPANY,
    met=Met.MET,
)


def test_where_somebody_was_gone_along_to_and_what_came_of_it_is_read_again() -> None:
    detail = ContactDetail(
        direction=Direction.FROM_US,
        with_whom=WithWhom.SELF,
        minutes=40,
        destination=Destination.BANK,
        outcome="口座を作った",
        mood="ほっとされた",
    )
    assert detail_lines(replace(ALONG, detail=detail)) == (
        "こちらから・ご本人・40分",
        "同行した先: 銀行・郵便局(口座を作った)",
        "ご様子: ほっとされた",
    )


def test_what_was_not_told_takes_no_line() -> None:
    assert detail_lines(ALONG) == ()
    assert detail_lines(replace(ALONG, detail=ContactDetail())) == ()
