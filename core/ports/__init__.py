"""What the core asks of the outside: storage, the two messengers, and reading LINE's events.

Everything here is a Protocol, or a record that only travels through one. Repositories return
records, never rows, and never commit; each repository sees one municipality only. `change`
methods are conditional: they say whether exactly the expected version was there ("win the row,
then act").
"""

from core.ports.arrivals import (
    Answers,
    AuditTrail,
    Contacts,
    Desk,
    DeskCase,
    Inbox,
    Pulse,
    Queries,
    RawEvent,
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
from core.ports.channel import Channel, ChannelUnanswered, Errands, MenuDesk, Visitors
from core.ports.crisis import Alerts, Shifts
from core.ports.figures import Figures
from core.ports.leaflets import Leaflets, PageMaker
from core.ports.letters import (
    Cards,
    Claim,
    Due,
    Letters,
    Outbox,
    Pace,
    Recorded,
    SentLetter,
    SeriesBook,
    Settled,
)
from core.ports.media import ContentFetcher, Fetched, KeptMedia, NotThere, NotYet
from core.ports.outside import (
    Clock,
    EventReader,
    LetterPress,
    PersonMessenger,
    Rendering,
    TeamNotifier,
    WebhookKeeper,
)
from core.ports.pages import PersonPages
from core.ports.town import Absences, Cases, Consents, Links, Passes, People, StaffRoll, Towns
from core.ports.work import UnitOfWork, Work

__all__ = [
    "Absences",
    "Alerts",
    "Answers",
    "Applications",
    "Assessments",
    "AuditTrail",
    "Bodies",
    "Cards",
    "CareMarks",
    "Cases",
    "Channel",
    "ChannelUnanswered",
    "Claim",
    "Clock",
    "Consents",
    "Contacts",
    "ContentFetcher",
    "Courses",
    "Desk",
    "DeskCase",
    "Disclosures",
    "Due",
    "Emergencies",
    "Errands",
    "EventReader",
    "Fetched",
    "Figures",
    "Glass",
    "Inbox",
    "KeptMedia",
    "Leaflets",
    "LetterPress",
    "Letters",
    "Links",
    "Meetings",
    "MenuDesk",
    "Monitorings",
    "NotThere",
    "NotYet",
    "Outbox",
    "Pace",
    "PageMaker",
    "Passes",
    "People",
    "PersonMessenger",
    "PersonPages",
    "Plans",
    "Pulse",
    "Queries",
    "RawEvent",
    "Recorded",
    "Referrals",
    "Rendering",
    "Replies",
    "Resources",
    "SentLetter",
    "SeriesBook",
    "Settled",
    "Shifts",
    "StaffRoll",
    "TeamNotifier",
    "Towns",
    "UnitOfWork",
    "Visitors",
    "WebhookKeeper",
    "Work",
]
