"""A deed: one thing that a colleague can do, as one form that makes one call into the core."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from bots.web.desk.entries import Entry
from bots.web.desk.filled import Filled
from core.agencies import Role
from core.ids import StaffId
from core.ports import UnitOfWork
from core.usecases.cases.show_case import CaseStory


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A deed that is open now.

    Attributes:
        of: of which record, an opaque id; "" where the case says enough.
        about: which one it is, in words beside the deed's title.
    """

    of: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What a form of a case is made from.

    Attributes:
        roles: the reader's, at large and on this case.
    """

    story: CaseStory
    reader: StaffId
    roles: frozenset[Role]
    at: datetime
    tz: tzinfo

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(self.tz).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What a deed acts with."""

    uow: UnitOfWork
    view: View
    closed_days: frozenset[date] = frozenset()

    @property
    def by(self) -> StaffId:
        """Who acts."""
        return self.view.reader

    @property
    def at(self) -> datetime:
        """Now."""
        return self.view.at

    @property
    def tz(self) -> tzinfo:
        """The town's zone."""
        return self.view.tz

    @property
    def today(self) -> date:
        """The local day."""
        return self.view.today


Act = Callable[[Means, Filled, str], Awaitable[str]]
ALWAYS: Final = (Offer(),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One deed.

    Attributes:
        key: its name in the address, such as `record-consent`.
        title: what it does, as the link and the button say it: 同意を記録する.
        room: the heading under which it stands.
        who: the roles that may; others are not offered it. The core asks again.
        offered: where it is open now; none where it is not.
        entries: its form, given the view and the record's id.
        act: translate, one call into the core, and one sentence of what is now.
        explains: a line at the top of the form.
    """

    key: str
    title: str
    room: str
    who: frozenset[Role]
    entries: Callable[[View, str], tuple[Entry, ...]]
    act: Act
    offered: Callable[[View], Iterable[Offer]] = lambda view: ALWAYS
    explains: str = ""

    def offers(self, view: View) -> tuple[Offer, ...]:
        """Where this reader may do it now."""
        return tuple(self.offered(view)) if self.who & view.roles else ()
