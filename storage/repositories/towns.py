"""The municipality, its areas, agencies, pre-approved texts, and whether its channel rests."""

import json
from datetime import time, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, select

from core.agencies import Agency, Area, Provider, SiteType
from core.audit import GENESIS
from core.errors import NotFound
from core.ids import AgencyId, AreaId, MunicipalityId, StaffId
from core.people import LanguageStyle
from core.profiles import ChannelRest, LetterRules, Municipality, StandingText, TextUse
from core.programmes import Programme
from core.quota import QuotaState
from core.wording.kinds import TextKind
from storage import tables
from storage.more import AgencyMore, given_by, more_of
from storage.repositories.quotas import QUOTA, quota_of
from storage.transaction import Transaction, table_of
from storage.types import EPOCH
from storage.written import Question, Written

_TOWNS: Final = table_of(tables.MunicipalityRow)
_AREAS: Final = table_of(tables.AreaRow)
_AGENCIES: Final = table_of(tables.AgencyRow)
_PROVIDERS: Final = table_of(tables.ProviderRow)
_TEXTS: Final = table_of(tables.StandingTextRow)
_NEWEST_TEXT: Final = (_TEXTS.c.approved_at.desc(), _TEXTS.c.version.desc())
_RESTS: Final = table_of(tables.ChannelRestRow)
_HEADS: Final = table_of(tables.AuditHeadRow)


class _Town(NamedTuple):
    """What the municipality's row says, where it was read without SQLAlchemy."""

    id: str
    code: str
    name: str
    account_name: str
    letters: dict[str, Any]
    pushes_stopped: bool


_TOWN: Final = Written(
    "SELECT id, code, name, account_name, letters, pushes_stopped FROM municipalities"
    " WHERE id = :town"
)
_REST: Final = Written(
    "SELECT cause, detail, until FROM channel_rests WHERE municipality_id = :town"
)


class SqlTowns:
    """core.ports.Towns."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self) -> Municipality:
        """Raises: NotFound."""
        found = await self.find()
        if found is None:
            raise NotFound(what="municipality")
        return found

    async def find(self) -> Municipality | None:
        """The municipality, once it was loaded."""
        row = await self._tx.one(select(_TOWNS).where(_TOWNS.c.id == self._tx.municipality_id))
        return None if row is None else municipality_of(row)

    async def gate(self) -> tuple[Municipality, ChannelRest | None, QuotaState | None]:
        """The municipality, whether its channel rests, and LINE's quota, in one round, since
        delivery asks again and again.

        Raises: NotFound.
        """
        asked = {"town": self._tx.municipality_id}
        towns, rests, quotas = await self._tx.ask(
            Question(_TOWN, asked), Question(_REST, asked), Question(QUOTA, asked)
        )
        if not towns:
            raise NotFound(what="municipality")
        town_id, code, name, account_name, letters, stopped = towns[0]
        rules = json.loads(letters) if isinstance(letters, str) else letters
        town = municipality_of(_Town(town_id, code, name, account_name, rules, bool(stopped)))
        quota = quota_of(self._tx, quotas)
        if not rests:
            return town, None, quota
        cause, detail, until = rests[0]
        ends = self._tx.moment_of(until) or EPOCH
        return town, ChannelRest(cause=cause, detail=detail, until=ends), quota

    async def put(self, municipality: Municipality) -> None:
        """Insert or replace; a new town begins its chain of audit entries."""
        await self._tx.put(_TOWNS, municipality_values(municipality))
        head = {"municipality_id": municipality.id, "number": 0, "hash": GENESIS}
        await self._tx.add_once(_HEADS, head)

    async def areas(self) -> tuple[Area, ...]:
        """By code."""
        rows = await self._tx.rows(
            select(_AREAS).where(self._tx.mine(_AREAS)).order_by(_AREAS.c.code)
        )
        return tuple(area_of(row) for row in rows)

    async def put_area(self, area: Area) -> None:
        """Insert or replace."""
        await self._tx.put(_AREAS, area_values(area))

    async def agencies(self) -> tuple[Agency, ...]:
        """By code."""
        rows = await self._tx.rows(
            select(_AGENCIES).where(self._tx.mine(_AGENCIES)).order_by(_AGENCIES.c.code)
        )
        return tuple(agency_of(row) for row in rows)

    async def put_agency(self, agency: Agency) -> None:
        """Insert or replace."""
        await self._tx.put(_AGENCIES, agency_values(agency))

    async def providers(self) -> tuple[Provider, ...]:
        """By agency and programme."""
        rows = await self._tx.rows(
            select(_PROVIDERS)
            .where(self._tx.mine(_PROVIDERS))
            .order_by(_PROVIDERS.c.agency_id, _PROVIDERS.c.programme)
        )
        return tuple(provider_of(row) for row in rows)

    async def put_provider(self, provider: Provider) -> None:
        """Insert or replace."""
        await self._tx.put(_PROVIDERS, provider_values(provider))

    async def standing_text(self, name: str, *, version: str | None = None) -> StandingText | None:
        """The text now in force under this name (the one approved last), or that version."""
        wanted = select(_TEXTS).where(self._tx.mine(_TEXTS), _TEXTS.c.name == name)
        if version is not None:
            wanted = wanted.where(_TEXTS.c.version == version)
        row = await self._tx.one(wanted.order_by(*_NEWEST_TEXT).limit(1))
        return None if row is None else standing_text_of(row)

    async def texts_in_force(self, use: TextUse) -> tuple[StandingText, ...]:
        """Of each name the version approved last, those for this use, by name."""
        rows = await self._tx.rows(
            select(_TEXTS).where(self._tx.mine(_TEXTS)).order_by(_TEXTS.c.name, *_NEWEST_TEXT)
        )
        in_force: dict[str, StandingText] = {}
        for row in rows:
            in_force.setdefault(row.name, standing_text_of(row))
        return tuple(text for text in in_force.values() if text.use is use)

    async def put_standing_text(self, text: StandingText) -> None:
        """Insert or replace by name and version; other versions stay on record."""
        await self._tx.put(_TEXTS, standing_text_values(text))

    async def channel_rest(self) -> ChannelRest | None:
        """Why the channel rests; None while it is awake."""
        row = await self._tx.one(select(_RESTS).where(self._tx.mine(_RESTS)))
        if row is None:
            return None
        return ChannelRest(cause=row.cause, detail=row.detail, until=row.until)

    async def rest_channel(self, rest: ChannelRest | None) -> None:
        """Let the LINE channel rest, or (None) wake it."""
        if rest is None:
            await self._tx.run(_RESTS.delete().where(self._tx.mine(_RESTS)))
            return
        await self._tx.put(
            _RESTS,
            {
                "municipality_id": self._tx.municipality_id,
                "cause": rest.cause,
                "detail": rest.detail,
                "until": rest.until,
            },
        )


def municipality_values(town: Municipality) -> dict[str, Any]:
    """The row of a municipality."""
    rules = town.letters
    return {
        "id": town.id,
        "code": town.code,
        "name": town.name,
        "account_name": town.account_name,
        "letters": {
            "opens": rules.opens.isoformat(),
            "closes": rules.closes.isoformat(),
            "gap_us": rules.gap // timedelta(microseconds=1),
            "most_in_30_days": rules.most_in_30_days,
            "writes_to_minors": rules.writes_to_minors,
            "rests_on_saturdays": rules.rests_on_saturdays,
            "self_approval": rules.self_approval,
            "approval_lasts_us": rules.approval_lasts // timedelta(microseconds=1),
            "longest": rules.longest,
            "lock_screen_words": list(rules.lock_screen_words),
        },
        "pushes_stopped": town.pushes_stopped,
    }


def municipality_of(row: Row[Any] | _Town) -> Municipality:
    """The municipality of a row."""
    rules = row.letters
    return Municipality(
        id=MunicipalityId(row.id),
        code=row.code,
        name=row.name,
        account_name=row.account_name,
        letters=LetterRules(
            opens=time.fromisoformat(rules["opens"]),
            closes=time.fromisoformat(rules["closes"]),
            gap=timedelta(microseconds=rules["gap_us"]),
            most_in_30_days=rules["most_in_30_days"],
            writes_to_minors=rules.get("writes_to_minors", False),
            rests_on_saturdays=rules.get("rests_on_saturdays", False),
            self_approval=rules.get("self_approval", False),
            approval_lasts=timedelta(microseconds=rules["approval_lasts_us"]),
            longest=rules["longest"],
            lock_screen_words=tuple(rules["lock_screen_words"]),
        ),
        pushes_stopped=row.pushes_stopped,
    )


def area_values(area: Area) -> dict[str, Any]:
    """The row of an area."""
    return {
        "municipality_id": area.municipality_id,
        "id": area.id,
        "code": area.code,
        "name": area.name,
    }


def area_of(row: Row[Any]) -> Area:
    """The area of a row."""
    return Area(
        id=AreaId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        code=row.code,
        name=row.name,
    )


def agency_values(agency: Agency) -> dict[str, Any]:
    """The row of an agency."""
    return {
        "municipality_id": agency.municipality_id,
        "id": agency.id,
        "code": agency.code,
        "name": agency.name,
        "kind": agency.kind,
        "is_municipality": agency.is_municipality,
        "more": more_of(agency, AgencyMore),
    }


def agency_of(row: Row[Any]) -> Agency:
    """The agency of a row."""
    return Agency(
        id=AgencyId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        code=row.code,
        name=row.name,
        kind=row.kind,
        is_municipality=row.is_municipality,
        **given_by(row.more),
    )


def provider_values(provider: Provider) -> dict[str, Any]:
    """The row of a provider."""
    return {
        "municipality_id": provider.municipality_id,
        "agency_id": provider.agency_id,
        "programme": provider.programme.value,
        "since": provider.since,
        "until": provider.until,
        "outsourced_to": provider.outsourced_to,
        "site_type": None if provider.site_type is None else provider.site_type.value,
    }


def provider_of(row: Row[Any]) -> Provider:
    """The provider of a row."""
    return Provider(
        municipality_id=MunicipalityId(row.municipality_id),
        agency_id=AgencyId(row.agency_id),
        programme=Programme(row.programme),
        since=row.since,
        until=row.until,
        outsourced_to=None if row.outsourced_to is None else AgencyId(row.outsourced_to),
        site_type=None if row.site_type is None else SiteType(row.site_type),
    )


def standing_text_values(text: StandingText) -> dict[str, Any]:
    """The row of a pre-approved text."""
    return {
        "municipality_id": text.municipality_id,
        "name": text.name,
        "version": text.version,
        "body": text.body,
        "author_id": text.author_id,
        "approved_by": text.approved_by,
        "approved_at": text.approved_at,
        "use": text.use.value,
        "title": text.title,
        "kind": None if text.kind is None else text.kind.value,
        "style": None if text.style is None else text.style.value,
    }


def standing_text_of(row: Row[Any]) -> StandingText:
    """The pre-approved text of a row."""
    return StandingText(
        municipality_id=MunicipalityId(row.municipality_id),
        name=row.name,
        version=row.version,
        body=row.body,
        author_id=StaffId(row.author_id),
        approved_by=StaffId(row.approved_by),
        approved_at=row.approved_at,
        use=TextUse(row.use),
        title=row.title,
        kind=None if row.kind is None else TextKind(row.kind),
        style=None if row.style is None else LanguageStyle(row.style),
    )
