"""What was brought to desks."""

from core.ids import QueryId
from core.queries import Query
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction


class SqlQueries:
    """core.ports.Queries."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[Query] = Shelf(
            transaction,
            tables.QueryRow,
            columns=lambda query: {
                "id": query.id,
                "taken_at_desk": query.taken_at_desk,
                "owner_desk": query.owner_desk,
                "taken_by": query.taken_by,
                "taken_at": query.taken_at,
                "state": query.state.value,
                "case_id": query.case_id,
                "version": query.version,
            },
            what="query",
        )

    async def get(self, query_id: QueryId) -> Query:
        """Raises: NotFound."""
        return await self._shelf.get(query_id)

    async def newest(self, *, limit: int = 100) -> tuple[Query, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(by=(c.taken_at.desc(), c.id.desc()), limit=limit)

    async def add(self, query: Query) -> None:
        """A new query."""
        await self._shelf.add(query)

    async def change(self, query: Query, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(query, version=version)
