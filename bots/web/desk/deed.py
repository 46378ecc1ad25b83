"""A deed: one thing that a colleague can do, as one form that makes one call into the core."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final, Generic, TypeVar

from bots.web.desk.entries import Entry
from bots.web.desk.filled import Filled
from bots.web.desk.own_names import in_own_words
from bots.web.desk.tools import Tools
from bots.web.desk.views import Seen, TownView, View
from core.agencies import Role
from core.ids import StaffId
from core.leaflet_pages import Page
from core.lint import Proofreader
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import LetterPress, UnitOfWork
from core.programmes import Programme

__all__ = ["ALWAYS", "AnyDeed", "Deed", "Means", "Offer", "TownDeed", "TownMeans", "View"]

V = TypeVar("V", bound=Seen)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A deed that is open now.

    Attributes:
        of: of which record, an opaque id; "" where the case says enough.
        about: which one it is, in words beside the deed's title.
    """

    of: str = ""
    about: str = ""


ALWAYS: Final = (Offer(),)


# Without slots: a frozen class with slots cannot be called through `Acting[View]`.
@dataclass(frozen=True, kw_only=True)
class Acting(Generic[V]):
    """What a deed acts with."""

    uow: UnitOfWork
    view: V
    closed_days: frozenset[date] = frozenset()
    tools: Tools | None = None

    async def pages_of(self, upload: bytes) -> tuple[Page, ...]:
        """The pictures of an uploaded file.

        Raises:
            FileUnreadable, FileTooLarge, TooManyPages.
        """
        return await self._with_tools().maker.pages(upload)

    @property
    def proof(self) -> Proofreader:
        """What reads words before anybody is asked to approve them."""
        return self._with_tools().proof

    @property
    def press(self) -> LetterPress:
        """What builds the request of a letter that is approved."""
        return self._with_tools().press

    def _with_tools(self) -> Tools:
        if self.tools is None:
            raise LookupError("this desk was given no tools")
        return self.tools

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

    @property
    def profile(self) -> MunicipalProfile | None:
        """The town's own profile; None where none was given."""
        return self.view.profile


def _always(view: Any) -> Iterable[Offer]:
    return ALWAYS


@dataclass(frozen=True, kw_only=True)
class AnyDeed(Generic[V]):
    """One deed.

    Attributes:
        key: its name in the address, such as `record-consent`.
        title: what it does, as the link and the button say it: 同意を記録する.
        room: the heading under which it stands.
        who: the roles that may; others are not offered it. The core asks again.
        entries: its form, given the view and the record's id.
        act: translate, one call into the core, and one sentence of what is now.
        offered: where it is open now; none where it is not.
        explains: a line at the top of the form.
        programme: the one that title and room name, if they name one; a town with a name of its
            own for it reads that.
    """

    key: str
    title: str
    room: str
    who: frozenset[Role]
    entries: Callable[[V, str], tuple[Entry, ...]]
    act: Callable[[Acting[V], Filled, str], Awaitable[str]]
    offered: Callable[[V], Iterable[Offer]] = _always
    explains: str = ""
    programme: Programme | None = None

    def offers(self, view: V) -> tuple[Offer, ...]:
        """Where this reader may do it now."""
        return tuple(self.offered(view)) if self.who & view.roles else ()

    def title_for(self, view: V) -> str:
        """The title in the town's own words."""
        return in_own_words(self.title, self.programme, view)

    def room_for(self, view: V) -> str:
        """The heading in the town's own words."""
        return in_own_words(self.room, self.programme, view)


Deed = AnyDeed[View]
Means = Acting[View]
TownDeed = AnyDeed[TownView]
TownMeans = Acting[TownView]
