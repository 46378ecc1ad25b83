"""A leaflet in a town file; its PDF or picture lies beside the file."""

from pydantic import Field

from bots.town.entry import Entry
from bots.town.shapes import Code, Day, Name, Until, Words


class LeafletEntry(Entry):
    """A leaflet of the library."""

    code: Code
    title: Name
    quiet_title: Name
    """Safe on a lock screen, in a letter and in a browser's history (G-11, G-20)."""
    issuer: Name
    tags: tuple[Name, ...] = Field(min_length=1)
    """Topics, matched with the interests of people (R-026)."""
    areas: tuple[Code, ...] = ()
    """Where it is meant for; none means the whole town."""
    place: Code | None = None
    """The place to take part that it tells of (R-064)."""
    valid_from: Day
    valid_until: Until
    """Last day on which it may be sent. Shipped towns may also write `+90d`."""
    plain: Words
    """The same in plain words, for screen readers."""
    file: Name
    """A PDF, PNG or JPEG, beside the town file or by its path."""
    is_public_info: bool
    """Only public information goes over LINE."""
    author: Code
    approved_by: Code | None = None
    """Another member of staff; without one it waits to be read."""
