"""Referrals, つなぐシート, inquiries and disclosures; places, matches and gaps."""

from datetime import date

from sqlalchemy import and_, or_

from core.connect_sheets import ConnectSheet
from core.disclosure import Disclosure
from core.ids import AgencyId, CaseId, ConnectSheetId, GapId, MatchId, PlaceId, ReferralId
from core.inquiries import Inquiry
from core.referrals.machine import AWAITING_NEWS
from core.referrals.record import Referral, ReferralState
from core.resources import Match, ParticipationPlace, ResourceGap
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction


class SqlReferrals:
    """core.ports.Referrals."""

    def __init__(self, transaction: Transaction) -> None:
        self._referrals: Shelf[Referral] = Shelf(
            transaction, tables.ReferralRow, columns=_referral_columns, what="referral"
        )
        self._sheets: Shelf[ConnectSheet] = Shelf(
            transaction, tables.ConnectSheetRow, columns=_sheet_columns, what="connect sheet"
        )

    async def get(self, referral_id: ReferralId) -> Referral:
        """Raises: NotFound."""
        return await self._referrals.get(referral_id)

    async def of_case(self, case_id: CaseId) -> tuple[Referral, ...]:
        """Newest first."""
        c = self._referrals.c
        return await self._referrals.all(c.case_id == case_id, by=(c.id.desc(),))

    async def open(self) -> tuple[Referral, ...]:
        """Sent, and neither returned nor done."""
        states = sorted(AWAITING_NEWS | {ReferralState.SENT})
        return await self._referrals.all(self._referrals.c.state.in_(states))

    async def sent_to(self, agency_id: AgencyId) -> tuple[Referral, ...]:
        """Sent to this organisation, and not acknowledged yet."""
        c = self._referrals.c
        return await self._referrals.all(
            c.state == ReferralState.SENT.value, c.to_agency_id == agency_id
        )

    async def late(self, *, on: date) -> tuple[Referral, ...]:
        """Not acknowledged in time, or without the news that was promised."""
        c = self._referrals.c
        silent = and_(c.state == ReferralState.SENT.value, c.acknowledge_by < on)
        owed = and_(c.state.in_(sorted(AWAITING_NEWS)), c.feedback_due_on < on)
        return await self._referrals.all(or_(silent, owed))

    async def add(self, referral: Referral) -> None:
        """A new referral."""
        await self._referrals.add(referral)

    async def change(self, referral: Referral, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._referrals.change(referral, version=version)

    async def sheet(self, sheet_id: ConnectSheetId) -> ConnectSheet:
        """Raises: NotFound."""
        return await self._sheets.get(sheet_id)

    async def sheets_of_case(self, case_id: CaseId) -> tuple[ConnectSheet, ...]:
        """Newest first."""
        c = self._sheets.c
        return await self._sheets.all(c.case_id == case_id, by=(c.id.desc(),))

    async def sheets_waiting(self) -> tuple[ConnectSheet, ...]:
        """Earliest due first."""
        c = self._sheets.c
        return await self._sheets.all(
            c.sent_on.is_not(None), c.returned_on.is_(None), by=c.reply_due_on
        )

    async def sheets_late(self, *, on: date) -> tuple[ConnectSheet, ...]:
        """Earliest due first."""
        c = self._sheets.c
        return await self._sheets.all(
            c.sent_on.is_not(None),
            c.returned_on.is_(None),
            c.reply_due_on < on,
            by=c.reply_due_on,
        )

    async def add_sheet(self, sheet: ConnectSheet) -> None:
        """A new sheet."""
        await self._sheets.add(sheet)

    async def change_sheet(self, sheet: ConnectSheet, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._sheets.change(sheet, version=version)


class SqlDisclosures:
    """core.ports.Disclosures."""

    def __init__(self, transaction: Transaction) -> None:
        self._inquiries: Shelf[Inquiry] = Shelf(
            transaction,
            tables.InquiryRow,
            columns=lambda inquiry: {
                "id": transaction.new_id(),
                "case_id": inquiry.case_id,
                "member_id": inquiry.member_id,
                "to_agency_id": inquiry.to_agency_id,
                "at": inquiry.at,
            },
            what="inquiry",
        )
        self._disclosures: Shelf[Disclosure] = Shelf(
            transaction,
            tables.DisclosureRow,
            columns=lambda disclosure: {
                "id": transaction.new_id(),
                "case_id": disclosure.case_id,
                "person_id": disclosure.person_id,
                "to": disclosure.to,
                "ends_on": disclosure.ends_on,
            },
            what="disclosure",
        )

    async def add_inquiry(self, inquiry: Inquiry) -> None:
        """A new inquiry."""
        await self._inquiries.add(inquiry)

    async def inquiries(self, case_id: CaseId) -> tuple[Inquiry, ...]:
        """Newest first."""
        c = self._inquiries.c
        return await self._inquiries.all(c.case_id == case_id, by=(c.at.desc(), c.id.desc()))

    async def add(self, disclosure: Disclosure) -> None:
        """A new disclosure."""
        await self._disclosures.add(disclosure)

    async def of_case(self, case_id: CaseId) -> tuple[Disclosure, ...]:
        """In the order in which they were made."""
        return await self._disclosures.all(self._disclosures.c.case_id == case_id)


class SqlResources:
    """core.ports.Resources."""

    def __init__(self, transaction: Transaction) -> None:
        self._places: Shelf[ParticipationPlace] = Shelf(
            transaction,
            tables.PlaceRow,
            columns=lambda place: {
                "id": place.id,
                "kind": place.kind.value,
                "host_agency_id": place.host_agency_id,
                "version": place.version,
            },
            what="place",
        )
        self._matches: Shelf[Match] = Shelf(
            transaction, tables.MatchRow, columns=_match_columns, what="match"
        )
        self._gaps: Shelf[ResourceGap] = Shelf(
            transaction,
            tables.GapRow,
            columns=lambda gap: {
                "id": gap.id,
                "state": gap.state.value,
                "found_on": gap.found_on,
                "closed_by": gap.closed_by,
                "version": gap.version,
            },
            what="gap",
        )

    async def place(self, place_id: PlaceId) -> ParticipationPlace:
        """Raises: NotFound."""
        return await self._places.get(place_id)

    async def places(self) -> tuple[ParticipationPlace, ...]:
        """All places."""
        return await self._places.all()

    async def add_place(self, place: ParticipationPlace) -> None:
        """A new place."""
        await self._places.add(place)

    async def change_place(self, place: ParticipationPlace, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._places.change(place, version=version)

    async def match(self, match_id: MatchId) -> Match:
        """Raises: NotFound."""
        return await self._matches.get(match_id)

    async def matches_of_case(self, case_id: CaseId) -> tuple[Match, ...]:
        """In the order in which they began."""
        return await self._matches.all(self._matches.c.case_id == case_id)

    async def add_match(self, match: Match) -> None:
        """A new match."""
        await self._matches.add(match)

    async def change_match(self, match: Match, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._matches.change(match, version=version)

    async def gap(self, gap_id: GapId) -> ResourceGap:
        """Raises: NotFound."""
        return await self._gaps.get(gap_id)

    async def gaps(self) -> tuple[ResourceGap, ...]:
        """Newest first."""
        c = self._gaps.c
        return await self._gaps.all(by=(c.found_on.desc(), c.id.desc()))

    async def add_gap(self, gap: ResourceGap) -> None:
        """A new gap."""
        await self._gaps.add(gap)

    async def change_gap(self, gap: ResourceGap, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._gaps.change(gap, version=version)


def _referral_columns(referral: Referral) -> dict[str, object]:
    return {
        "id": referral.id,
        "case_id": referral.case_id,
        "kind": referral.kind.value,
        "state": referral.state.value,
        "from_agency_id": referral.from_agency_id,
        "to_agency_id": referral.to_agency_id,
        "explained_at": referral.explained_at,
        "sent_on": referral.sent_on,
        "acknowledge_by": referral.acknowledge_by,
        "feedback_due_on": referral.feedback_due_on,
        "version": referral.version,
    }


def _sheet_columns(sheet: ConnectSheet) -> dict[str, object]:
    return {
        "id": sheet.id,
        "case_id": sheet.case_id,
        "from_agency_id": sheet.from_agency_id,
        "to_agency_id": sheet.to_agency_id,
        "reply_due_on": sheet.reply_due_on,
        "sent_on": sheet.sent_on,
        "returned_on": None if sheet.reply is None else sheet.reply.returned_on,
        "version": sheet.version,
    }


def _match_columns(match: Match) -> dict[str, object]:
    return {
        "id": match.id,
        "case_id": match.case_id,
        "person_id": match.person_id,
        "place_id": match.place_id,
        "state": match.state.value,
        "stable_since": match.stable_since,
        "version": match.version,
    }
