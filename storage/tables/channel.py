"""The LINE account as a channel: menus, errands to LINE, and who came to the reception desk."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint

from core.errands import ErrandKind
from core.reception import VisitorState
from storage.tables.columns import Row, column, count, key, of, one_of, partial, town, words
from storage.types import SealedBytes, SealedText, UtcDateTime

HERE: Final = "state IN ('WAITING', 'ANSWERED')"
TO_DO: Final = "done < revision"
MENUS: Final = "kind = 'MENU'"


class VisitorRow(Row, table=True):
    """Somebody who wrote from an account that belongs to nobody yet; no words, no name."""

    __tablename__ = "visitors"
    __table_args__ = (
        town(),
        of("link_id", "line_links"),
        of("handled_by", "staff"),
        one_of("state", VisitorState),
        CheckConstraint("state = 'WAITING' OR handled_at IS NOT NULL", name="handled"),
        partial("uq_visitors_here", "municipality_id", "link_id", where=HERE, unique=True),
    )
    municipality_id: str = key()
    id: str = key()
    link_id: str = words()
    state: str = words()
    version: int = count()
    came_at: datetime = column(UtcDateTime)
    last_at: datetime = column(UtcDateTime)
    reads_from: datetime = column(UtcDateTime)
    answer_by: datetime = column(UtcDateTime)
    answered_with: str | None = words(null=True)
    handled_by: str | None = words(null=True)
    handled_at: datetime | None = column(UtcDateTime, null=True)


class LineErrandRow(Row, table=True):
    """Something to do at LINE for one account; while leased, `next_at` is when the lease ends."""

    __tablename__ = "line_errands"
    __table_args__ = (
        town(),
        of("link_id", "line_links"),
        one_of("kind", ErrandKind),
        CheckConstraint("(kind = 'TEXT') = (request IS NOT NULL)", name="words"),
        partial("uq_line_errands_menu", "municipality_id", "link_id", where=MENUS, unique=True),
        partial("ix_line_errands_due", "municipality_id", "next_at", "id", where=TO_DO),
    )
    municipality_id: str = key()
    id: str = key()
    link_id: str = words()
    kind: str = words()
    line_user_id: str = column(SealedText("line_errands.line_user_id"))
    request: bytes | None = column(SealedBytes("line_errands.request"), null=True)
    revision: int = count()
    done: int = count()
    next_at: datetime = column(UtcDateTime)
    attempts: int = count()
    tried_since: datetime | None = column(UtcDateTime, null=True)
    lease: str | None = words(null=True)


class LineMenuRow(Row, table=True):
    """A rich menu as LINE has it: what it was made from, and LINE's id of it."""

    __tablename__ = "line_menus"
    __table_args__ = (town(),)
    municipality_id: str = key()
    name: str = key()
    digest: str = words()
    rich_menu_id: str = words()
    made_at: datetime = column(UtcDateTime)


class LineAccountRow(Row, table=True):
    """What LINE says of the town's own account: its basic id, which stands on paper."""

    __tablename__ = "line_accounts"
    __table_args__ = (town(),)
    municipality_id: str = key()
    basic_id: str = words()
    asked_at: datetime = column(UtcDateTime)
