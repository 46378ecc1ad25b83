"""A frozen request is bound, and lies in the outbox before anything is sent."""

from datetime import datetime

from core.binding import Binding
from core.consent import ConsentLine
from core.ids import DeliveryId
from core.letters import Letter
from core.outbox import Delivery
from core.people import LineLink
from core.ports import Work


def binding(letter: Letter, link: LineLink, consent: ConsentLine | None, request: bytes) -> Binding:
    """The parts that an approval of this letter binds, as the rows stand."""
    return Binding(
        letter_id=letter.id,
        person_id=letter.person_id,
        line_user_id=link.line_user_id,
        link_id=link.id,
        consent_id="" if consent is None else consent.id,
        consent_version=0 if consent is None else consent.version,
        consent_state="" if consent is None else consent.state,
        body=letter.body,
        alt_text=letter.alt_text,
        opens_at=letter.opens_at,
        closes_at=letter.closes_at,
        request=request,
    )


async def enqueue(
    work: Work,
    letter: Letter,
    request: bytes,
    *,
    reply: tuple[str, datetime] | None = None,
    quiet: bool = False,
) -> None:
    """Write the frozen request and its retry key into the outbox, before anything is sent.

    Args:
        reply: the token of what the person has just said, and until when it lasts.
        quiet: it was frozen for a phone that others see (G-12).
    """
    await work.outbox.add(
        Delivery(
            id=DeliveryId(work.new_key()),
            municipality_id=work.municipality_id,
            letter_id=letter.id,
            case_id=letter.case_id,
            person_id=letter.person_id,
            request=request,
            next_at=letter.opens_at,
            reply_token=None if reply is None else reply[0],
            reply_until=None if reply is None else reply[1],
            quiet=quiet,
        )
    )
