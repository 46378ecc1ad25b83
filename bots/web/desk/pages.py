"""The desk's pages: a form for each deed, what was typed kept when the core says no."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote

from bots.i18n.catalogue import Refusal, refusal
from bots.web.desk.deed import Acting, AnyDeed, Handed, Offer
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.filled import MoreAsked, Prepared, Slip, Unfilled, read_filled
from bots.web.desk.views import Seen
from core.errors import CaseworkError

V = TypeVar("V", bound=Seen)
SAID_COOKIE: Final = "yorisoi_said"
SAID_LASTS_S: Final = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class FormPage:
    """A form as the template shows it.

    Attributes:
        button: what is pressed; the title without which record it is about.
        values: what stands in each entry.
        slips: by entry, what is wrong with it.
        no: the core's refusal, if it said no.
        told: what was put into the form for the reader to look at.
        closed: the core would say no whatever was written, so that nothing is asked.
    """

    deed: AnyDeed[Any]
    of: str
    title: str
    button: str
    entries: tuple[Entry, ...]
    values: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, str]
    no: Refusal | None = None
    told: str = ""
    closed: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything stands against it."""
        return bool(self.slips or self.no)

    @property
    def has_file(self) -> bool:
        """Whether it takes a file, so that it has to be sent in parts."""
        return any(entry.kind is Kind.FILE for entry in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """It is done: what is now, in one sentence, or the file that it made."""

    said: str = ""
    handed: Handed | None = None


class NotOffered(Exception):
    """The deed is not open to this reader now, or there is no such deed."""


def open_form(deeds: Iterable[AnyDeed[V]], view: V, *, key: str, of: str) -> FormPage:
    """The empty form.

    Raises:
        NotOffered.
    """
    deed, offer = _offered(deeds, view, key=key, of=of)
    if (no := deed.closed(view)) is not None:
        return _closed(_page(deed, offer, (), view), no, view)
    entries = tuple(entry.opened if entry.value else entry for entry in deed.entries(view, of))
    return _page(deed, offer, entries, view)


async def take_form(
    deeds: Iterable[AnyDeed[V]],
    means: Acting[V],
    *,
    key: str,
    of: str,
    form: Mapping[str, list[str]],
    files: Mapping[str, bytes] | None = None,
) -> Done | FormPage:
    """Do the deed; or the form again, with everything that was typed and why not.

    Raises:
        NotOffered: there is no such deed here for this reader.
    """
    deed, offer = _offered(deeds, means.view, key=key, of=of)
    if (no := deed.closed(means.view)) is not None:
        return _closed(_page(deed, offer, (), means.view), no, means.view)
    entries = tuple(
        entry.opened if any(map(str.strip, form.get(entry.name, ()))) else entry
        for entry in deed.entries(means.view, of)
    )
    page = replace(
        _page(deed, offer, entries, means.view),
        values={entry.name: tuple(form.get(entry.name, ())) for entry in entries},
    )
    try:
        filled = read_filled(form, entries, tz=means.tz, files=files)
        came = await deed.act(means, filled, of)
        return Done(handed=came) if isinstance(came, Handed) else Done(said=came)
    except Prepared as ready:
        put = {name: (value,) for name, value in ready.values.items() if name in page.values}
        return replace(page, values={**page.values, **put}, told=ready.said)
    except Unfilled as wrong:
        return replace(page, slips=_by_name(wrong.slips))
    except MoreAsked as more:
        wider = tuple(one.opened if one.name == more.name else one for one in entries)
        return replace(page, entries=wider, no=refusal(more.error, tz=means.tz))
    except CaseworkError as error:
        return replace(page, no=refusal(error, tz=means.tz))


def said_cookie(said: str) -> str:
    """A sentence as a cookie's value."""
    return quote(said)


def said_in(cookies: Mapping[str, str]) -> str:
    """The sentence that the last deed left, "" without one."""
    return unquote(cookies.get(SAID_COOKIE, ""))


def _offered(
    deeds: Iterable[AnyDeed[V]], view: V, *, key: str, of: str
) -> tuple[AnyDeed[V], Offer]:
    deed = next((one for one in deeds if one.key == key), None)
    offers = () if deed is None else deed.offers(view)
    offer = next((offer for offer in offers if offer.of == of), None)
    if deed is None or offer is None:
        raise NotOffered(key)
    return deed, offer


def _page(deed: AnyDeed[V], offer: Offer, entries: tuple[Entry, ...], view: V) -> FormPage:
    title = deed.title_for(view)
    return FormPage(
        deed=deed,
        of=offer.of,
        title=f"{title}({offer.about})" if offer.about else title,
        button=title,
        entries=entries,
        values={entry.name: _at_first(entry) for entry in entries},
        slips={},
    )


def _closed(page: FormPage, no: CaseworkError, view: Seen) -> FormPage:
    return replace(page, no=refusal(no, tz=view.tz), closed=True)


def _at_first(entry: Entry) -> tuple[str, ...]:
    if isinstance(entry.value, tuple):
        return entry.value
    return (entry.value,) if entry.value else ()


def _by_name(slips: Sequence[Slip]) -> dict[str, str]:
    return {slip.name: slip.said for slip in slips}
