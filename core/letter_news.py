"""What has changed around a case since a moment: its stage, its urgency, its consents.

Read from the record of what happened, for somebody who decides on a letter. Only what a card in
Slack may show: stages and urgency by name, of a consent only that it changed.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.audit import AuditEntry
from core.cases import CaseState, Urgency
from core.consent import ConsentState


class NewsKind(enum.StrEnum):
    """What changed."""

    STAGE = "STAGE"
    URGENCY = "URGENCY"
    CONSENT = "CONSENT"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseNews:
    """One change.

    Attributes:
        stage: where the case stands since then, for STAGE.
        urgency: how urgent it is since then, for URGENCY.
    """

    kind: NewsKind
    at: datetime
    stage: CaseState | None = None
    urgency: Urgency | None = None


_URGENCY: Final = frozenset({"case.emergency_raised", "case.emergency_ended"})
_CONSENT: Final = frozenset(f"consent.{state.value.lower()}" for state in ConsentState)
NEWS_ACTIONS: Final = frozenset({"case.moved"}) | _URGENCY | _CONSENT
_STAGES: Final = {state.value: state for state in CaseState}
_URGENCIES: Final = {urgency.value: urgency for urgency in Urgency}


def news_of(entries: Iterable[AuditEntry]) -> tuple[CaseNews, ...]:
    """The changes among these entries, newest first.

    A step of participation or multi-agency support has stages of its own; that the case moved is
    told, and no stage.
    """
    found = []
    for entry in entries:
        event = entry.event
        if event.action == "case.moved":
            stage = _STAGES.get(event.now)
            found.append(CaseNews(kind=NewsKind.STAGE, at=event.at, stage=stage))
        elif event.action in _URGENCY:
            urgency = _URGENCIES.get(event.now)
            found.append(CaseNews(kind=NewsKind.URGENCY, at=event.at, urgency=urgency))
        elif event.action in _CONSENT:
            found.append(CaseNews(kind=NewsKind.CONSENT, at=event.at))
    return tuple(reversed(found))
