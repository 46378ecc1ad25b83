"""One transaction, and who opens it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from core.ids import MunicipalityId
from core.ports.arrivals import (
    Answers,
    AuditTrail,
    Contacts,
    Desk,
    Inbox,
    Pulse,
    Queries,
    Replies,
)
from core.ports.casework import (
    Applications,
    Assessments,
    Bodies,
    CareMarks,
    Courses,
    Disclosures,
    Emergencies,
    Glass,
    Meetings,
    Monitorings,
    Plans,
    Referrals,
    Resources,
)
from core.ports.figures import Figures
from core.ports.leaflets import Leaflets
from core.ports.letters import Cards, Letters, Outbox, SeriesBook
from core.ports.media import KeptMedia
from core.ports.pages import PersonPages
from core.ports.town import (
    Absences,
    Cases,
    Consents,
    Links,
    Passes,
    People,
    Quotas,
    StaffRoll,
    Towns,
)


class Work(Protocol):
    """One transaction."""

    municipality_id: MunicipalityId
    towns: Towns
    quotas: Quotas
    staff: StaffRoll
    absences: Absences
    people: People
    cases: Cases
    consents: Consents
    links: Links
    letters: Letters
    series: SeriesBook
    leaflets: Leaflets
    contacts: Contacts
    replies: Replies
    answers: Answers
    media: KeptMedia
    queries: Queries
    outbox: Outbox
    cards: Cards
    inbox: Inbox
    audit: AuditTrail
    desk: Desk
    pulse: Pulse
    passes: Passes
    pages: PersonPages
    courses: Courses
    emergencies: Emergencies
    care_marks: CareMarks
    glass: Glass
    applications: Applications
    assessments: Assessments
    plans: Plans
    monitorings: Monitorings
    bodies: Bodies
    meetings: Meetings
    referrals: Referrals
    disclosures: Disclosures
    resources: Resources
    figures: Figures

    def new_id(self) -> str:
        """A new opaque id."""
        ...

    def new_key(self) -> str:
        """A new UUID as text, for LINE's retry key."""
        ...

    def new_code(self) -> str:
        """A new one-time code of `CODE_LENGTH` signs of `CODE_ALPHABET`, unguessable."""
        ...

    def new_token(self) -> str:
        """A new unguessable token of 192 random bits, as it stands in an address."""
        ...

    async def commit(self) -> None: ...


class UnitOfWork(Protocol):
    """Opens transactions for one municipality. Leaving the block without commit undoes all."""

    def write(self) -> AbstractAsyncContextManager[Work]: ...
    def read(self) -> AbstractAsyncContextManager[Work]: ...
