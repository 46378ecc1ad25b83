"""What colleagues answered."""

from datetime import datetime

from core.answers import Answer
from core.ids import AnswerId, CaseId, PersonId
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction


class SqlAnswers:
    """core.ports.Answers."""

    def __init__(self, transaction: Transaction) -> None:
        self._shelf: Shelf[Answer] = Shelf(
            transaction,
            tables.AnswerRow,
            columns=lambda answer: {
                "id": answer.id,
                "case_id": answer.case_id,
                "person_id": answer.person_id,
                "by": answer.by,
                "at": answer.at,
                "shown_as": answer.shown_as.value,
                "letter_id": answer.letter_id,
            },
            what="answer",
        )

    async def get(self, answer_id: AnswerId) -> Answer:
        """Raises: NotFound."""
        return await self._shelf.get(answer_id)

    async def add(self, answer: Answer) -> None:
        """A new answer."""
        await self._shelf.add(answer)

    async def of_person(
        self, person_id: PersonId, *, limit: int | None = None
    ) -> tuple[Answer, ...]:
        """Newest first."""
        c = self._shelf.c
        newest = (c.at.desc(), c.id.desc())
        return await self._shelf.all(c.person_id == person_id, by=newest, limit=limit)

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = None, since: datetime | None = None
    ) -> tuple[Answer, ...]:
        """Newest first; `since`: from that moment on."""
        c = self._shelf.c
        asked = [c.case_id == case_id, *(() if since is None else (c.at >= since,))]
        return await self._shelf.all(*asked, by=(c.at.desc(), c.id.desc()), limit=limit)
