"""How columns and constraints are written in the tables."""

import enum
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    Time,
    text,
)
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# What stands in the clear are ids, codes and names of states: both databases compare them byte by
# byte. A language's rules would cost PostgreSQL a tenth of a letter's delivery and make an order
# depend on how a town's database was made.
TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")


class Row(SQLModel, registry=registry(metadata=METADATA)):
    """What all rows have in common: they belong to one municipality."""


def key(type_: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT) -> Any:
    """A part of the primary key."""
    return Field(sa_column=Column(type_, primary_key=True, nullable=False, autoincrement=False))


def column(type_: TypeEngine[Any] | type[TypeEngine[Any]], *, null: bool = False) -> Any:
    """A column of this type."""
    return Field(sa_column=Column(type_, nullable=null))


def words(*, null: bool = False) -> Any:
    """Text in the clear."""
    return column(TEXT, null=null)


def count(*, null: bool = False) -> Any:
    """A number."""
    return column(Integer, null=null)


def long_count() -> Any:
    """A number that may pass two thousand million."""
    return column(BigInteger)


def flag() -> Any:
    """Yes or no."""
    return column(Boolean)


def day(*, null: bool = False) -> Any:
    """A calendar day."""
    return column(Date, null=null)


def hour(*, null: bool = False) -> Any:
    """A local time of day."""
    return column(Time, null=null)


def town() -> ForeignKeyConstraint:
    """The municipality has to exist."""
    return ForeignKeyConstraint(["municipality_id"], ["municipalities.id"])


def of(name: str, table: str) -> ForeignKeyConstraint:
    """A reference to a row of the same municipality."""
    return ForeignKeyConstraint(
        ["municipality_id", name], [f"{table}.municipality_id", f"{table}.id"]
    )


def one_of(name: str, values: type[enum.StrEnum]) -> CheckConstraint:
    """The column holds one of the names of this enumeration."""
    return CheckConstraint(f"{name} IN ({quoted(values)})", name=name)


def quoted(values: Iterable[enum.StrEnum]) -> str:
    """The names as they stand in SQL, in a stable order."""
    return ", ".join(f"'{value.value}'" for value in values)


def partial(name: str, *columns: Any, where: str, unique: bool = False) -> Index:
    """An index over some of the rows only.

    Queries have to repeat `where` word for word, with no bound parameter in it: that is how
    both databases see that the index serves them.
    """
    terms = [text(c) if isinstance(c, str) and " " in c else c for c in columns]
    return Index(
        name, *terms, unique=unique, sqlite_where=text(where), postgresql_where=text(where)
    )
