"""Transactions of one municipality, with a repository for each kind of record."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from core import ports
from core.ids import MunicipalityId
from storage.engine import Store
from storage.keys import Keyring
from storage.repositories.absences import SqlAbsences
from storage.repositories.answers import SqlAnswers
from storage.repositories.audit import SqlAuditTrail
from storage.repositories.cards import SqlCards
from storage.repositories.cases import SqlCases
from storage.repositories.channel import SqlChannel, SqlErrands, SqlVisitors
from storage.repositories.connections import SqlDisclosures, SqlReferrals, SqlResources
from storage.repositories.consents import SqlConsents
from storage.repositories.contacts import SqlContacts
from storage.repositories.courses import SqlCareMarks, SqlCourses, SqlEmergencies, SqlGlass
from storage.repositories.crisis import SqlAlerts, SqlShifts
from storage.repositories.desk import SqlDesk
from storage.repositories.figures import SqlFigures
from storage.repositories.inbox import SqlInbox
from storage.repositories.leaflets import SqlLeaflets
from storage.repositories.letters import SqlLetters
from storage.repositories.links import SqlLinks
from storage.repositories.media import SqlKeptMedia
from storage.repositories.meetings import SqlBodies, SqlMeetings
from storage.repositories.notices import SqlNotices
from storage.repositories.outbox import SqlOutbox
from storage.repositories.pages import SqlPersonPages
from storage.repositories.passes import SqlPasses
from storage.repositories.people import SqlPeople
from storage.repositories.plans import SqlApplications, SqlAssessments, SqlMonitorings, SqlPlans
from storage.repositories.pulse import SqlPulse
from storage.repositories.queries import SqlQueries
from storage.repositories.quotas import SqlQuotas
from storage.repositories.replies import SqlReplies
from storage.repositories.series import SqlSeriesBook
from storage.repositories.staff import SqlStaffRoll
from storage.repositories.towns import SqlTowns
from storage.transaction import Transaction
from storage.types import KEYS


class ReadOnly(RuntimeError):
    """A transaction opened for reading has nothing to commit."""


class SqlWork:
    """One transaction (core.ports.Work)."""

    def __init__(
        self,
        transaction: Transaction,
        *,
        new_key: Callable[[], str],
        new_code: Callable[[], str],
        new_token: Callable[[], str],
        writes: bool,
    ) -> None:
        self.municipality_id = MunicipalityId(transaction.municipality_id)
        self.new_id = transaction.new_id
        self.new_key = new_key
        self.new_code = new_code
        self.new_token = new_token
        self._transaction = transaction
        self._writes = writes
        self._trail = SqlAuditTrail(transaction)
        self._cards = SqlCards(transaction)
        self._contacts = SqlContacts(transaction)
        self.audit: ports.AuditTrail = self._trail
        self.towns: ports.Towns = SqlTowns(transaction)
        self.quotas: ports.Quotas = SqlQuotas(transaction)
        self.staff: ports.StaffRoll = SqlStaffRoll(transaction)
        self.absences: ports.Absences = SqlAbsences(transaction)
        self.people: ports.People = SqlPeople(transaction)
        self.cases: ports.Cases = SqlCases(transaction)
        self.consents: ports.Consents = SqlConsents(transaction)
        self.links: ports.Links = SqlLinks(transaction)
        self.errands: ports.Errands = SqlErrands(transaction, new_key=new_key)
        self.visitors: ports.Visitors = SqlVisitors(transaction)
        self.channel: ports.Channel = SqlChannel(transaction)
        self.letters: ports.Letters = SqlLetters(transaction)
        self.series: ports.SeriesBook = SqlSeriesBook(transaction)
        self.notices: ports.Notices = SqlNotices(transaction)
        self.leaflets: ports.Leaflets = SqlLeaflets(transaction)
        self.contacts: ports.Contacts = self._contacts
        self.media: ports.KeptMedia = SqlKeptMedia(transaction)
        self.queries: ports.Queries = SqlQueries(transaction)
        self.replies: ports.Replies = SqlReplies(transaction)
        self.answers: ports.Answers = SqlAnswers(transaction)
        self.outbox: ports.Outbox = SqlOutbox(transaction)
        self.cards: ports.Cards = self._cards
        self.inbox: ports.Inbox = SqlInbox(transaction)
        self.desk: ports.Desk = SqlDesk(transaction)
        self.pulse: ports.Pulse = SqlPulse(transaction)
        self.passes: ports.Passes = SqlPasses(transaction)
        self.pages: ports.PersonPages = SqlPersonPages(transaction)
        self._open_casework(transaction)

    def _open_casework(self, transaction: Transaction) -> None:
        """The records of the law: courses, plans, meetings, and who may see them."""
        self.courses: ports.Courses = SqlCourses(transaction)
        self.emergencies: ports.Emergencies = SqlEmergencies(transaction)
        self.alerts: ports.Alerts = SqlAlerts(transaction)
        self.shifts: ports.Shifts = SqlShifts(transaction)
        self.care_marks: ports.CareMarks = SqlCareMarks(transaction)
        self.glass: ports.Glass = SqlGlass(transaction)
        self.applications: ports.Applications = SqlApplications(transaction)
        self.assessments: ports.Assessments = SqlAssessments(transaction)
        self.plans: ports.Plans = SqlPlans(transaction)
        self.monitorings: ports.Monitorings = SqlMonitorings(transaction)
        self.bodies: ports.Bodies = SqlBodies(transaction)
        self.meetings: ports.Meetings = SqlMeetings(transaction)
        self.referrals: ports.Referrals = SqlReferrals(transaction)
        self.disclosures: ports.Disclosures = SqlDisclosures(transaction)
        self.resources: ports.Resources = SqlResources(transaction)
        self.figures: ports.Figures = SqlFigures(transaction)

    async def commit(self) -> None:
        """Write what was gathered, chain the audit events, then make everything durable.

        Raises:
            ReadOnly: this transaction was opened for reading.
        """
        if not self._writes:
            raise ReadOnly
        if self._contacts.pending or self._cards.pending or self._trail.pending:
            await self._trail.write(*self._contacts.writes(), *self._cards.writes())
            await self._cards.flush()
        await self._transaction.connection.commit()


class SqlUnitOfWork:
    """Opens transactions for one municipality (core.ports.UnitOfWork).

    On SQLite one writer of a process works at a time: a task that opens a second writing
    transaction inside its first one waits for itself.
    """

    def __init__(
        self,
        store: Store,
        *,
        municipality_id: str,
        keyring: Keyring,
        new_id: Callable[[], str],
        new_key: Callable[[], str],
        new_code: Callable[[], str],
        new_token: Callable[[], str],
    ) -> None:
        self._store = store
        self._municipality_id = municipality_id
        self._keys = keyring.of(municipality_id)
        self._new_id = new_id
        self._new_key = new_key
        self._new_code = new_code
        self._new_token = new_token

    @asynccontextmanager
    async def write(self) -> AsyncIterator[ports.Work]:
        """A transaction that may change rows; leaving it without `commit()` undoes all."""
        async with self._store.writing() as connection:
            await connection.begin()
            with self._keys_at_hand():
                yield self._work(connection, writes=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ports.Work]:
        """A transaction that only reads."""
        async with self._store.reading() as connection:
            with self._keys_at_hand():
                yield self._work(connection, writes=False)

    def _work(self, connection: AsyncConnection, *, writes: bool) -> SqlWork:
        transaction = Transaction(
            connection=connection,
            municipality_id=self._municipality_id,
            keys=self._keys,
            new_id=self._new_id,
            postgres=self._store.postgres,
        )
        return SqlWork(
            transaction,
            new_key=self._new_key,
            new_code=self._new_code,
            new_token=self._new_token,
            writes=writes,
        )

    @contextmanager
    def _keys_at_hand(self) -> Iterator[None]:
        outer = KEYS.get(None)
        KEYS.set(self._keys)
        try:
            yield
        finally:
            # Not by token: a test fixture may leave the block in another context.
            if outer is not None:
                KEYS.set(outer)
