"""Column types: moments in UTC, sealed fields, lists of words."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Dialect, LargeBinary, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.keys import TownKeys

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

KEYS: ContextVar[TownKeys] = ContextVar("the keys of the municipality whose rows are at hand")


class NaiveMoment(ValueError):
    """A moment without a zone cannot be stored."""


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 UTC; exact.

    Raises:
        NaiveMoment: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise NaiveMoment(moment.isoformat())
    return (moment - EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The moment so many microseconds after 1970, aware UTC."""
    return EPOCH + timedelta(0, 0, count)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: `timestamptz` on PostgreSQL, integer microseconds on SQLite."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`timestamptz` where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Raises: NaiveMoment."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            if value.tzinfo is None:
                raise NaiveMoment(value.isoformat())
            return value.astimezone(UTC)
        return to_microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, UTC."""
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return from_microseconds(value)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Compared with a moment, a column stays what it is."""
        return self


class Sealed(TypeDecorator[Any]):
    """Bytes that only the municipality's keys open, and only in this column.

    The keys are those of the transaction at hand (`KEYS`).
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        """`column` is `table.column`, the name under which the value is sealed."""
        super().__init__()
        self.column = column
        self.label = column.encode()

    def encode(self, value: Any) -> bytes:
        """The value as bytes, before sealing."""
        return bytes(value)

    def decode(self, plain: bytes) -> Any:
        """The value from its bytes."""
        return plain

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Sealed under the newest key."""
        if value is None:
            return None
        return KEYS.get().seal(self.encode(value), column=self.label)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Raises: KeyUnknown, SealBroken."""
        if value is None:
            return None
        return self.decode(KEYS.get().open(value, column=self.label))


class SealedBytes(Sealed):
    """Sealed bytes."""

    cache_ok = True


class SealedText(Sealed):
    """Sealed text."""

    cache_ok = True

    def encode(self, value: Any) -> bytes:
        """UTF-8."""
        encoded: bytes = value.encode()
        return encoded

    def decode(self, plain: bytes) -> str:
        """UTF-8."""
        return plain.decode()


class SealedWords(Sealed):
    """A sealed tuple of texts; as JSON inside."""

    cache_ok = True

    def encode(self, value: Any) -> bytes:
        """JSON array; nothing for an empty tuple."""
        return _array(value).encode() if value else b""

    def decode(self, plain: bytes) -> tuple[str, ...]:
        """A tuple of texts."""
        return tuple(json.loads(plain)) if plain else ()


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts as a JSON array in a text column."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """A JSON array."""
        return None if value is None else _array(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple of texts."""
        return None if value is None else tuple(json.loads(value))


_array: Callable[[tuple[str, ...]], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":")
).encode
