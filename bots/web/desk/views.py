"""What the desk's forms are made from: a case as its reader sees it, or the town."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from core.agencies import Role
from core.ids import StaffId
from core.lint import Proofreader
from core.municipal_profiles.profile import MunicipalProfile
from core.usecases.cases.show_case import CaseStory
from core.usecases.town.show_town import TownStory
from core.wording.library import Library


class Seen(Protocol):
    """Whatever a colleague has before their eyes, and when."""

    @property
    def reader(self) -> StaffId: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def at(self) -> datetime: ...
    @property
    def tz(self) -> tzinfo: ...
    @property
    def profile(self) -> MunicipalProfile | None: ...
    @property
    def today(self) -> date: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Pen:
    """With what letters are written: words to begin from, and who reads them first."""

    library: Library
    proof: Proofreader


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A case.

    Attributes:
        closed_days: days on which the town is closed.
        roles: the reader's, at large and on this case.
        profile: the town's own; None where none was given.
        pen: with what letters are written; None where they are not written here.
    """

    story: CaseStory
    reader: StaffId
    roles: frozenset[Role]
    at: datetime
    tz: tzinfo
    profile: MunicipalProfile | None = None
    closed_days: frozenset[date] = frozenset()
    pen: Pen | None = None

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(self.tz).date()


@dataclass(frozen=True, kw_only=True, slots=True)
class TownView:
    """The town.

    Attributes:
        roles: the reader's, at large and on any case.
    """

    story: TownStory
    reader: StaffId
    roles: frozenset[Role]
    at: datetime
    tz: tzinfo
    profile: MunicipalProfile | None = None

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(self.tz).date()
