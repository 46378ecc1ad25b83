"""The cookies of one browser; they last as long as the practice clock says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie


@dataclass(frozen=True, kw_only=True, slots=True)
class Cookie:
    """One cookie; without `until` it lasts as long as the browser."""

    name: str
    value: str
    path: str
    until: datetime | None


class Jar:
    """Keeps what the one site sets; there is no other."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Cookie] = {}

    def take(self, headers: Iterable[str], *, at: datetime) -> None:
        """Keep what `Set-Cookie` headers say."""
        for header in headers:
            try:
                parsed = SimpleCookie(header)
            except CookieError:
                continue
            for name, each in parsed.items():
                age = each["max-age"]
                until = at + timedelta(seconds=int(age)) if age.lstrip("-").isdigit() else None
                path = each["path"] or "/"
                self._kept[name, path] = Cookie(
                    name=name, value=each.coded_value, path=path, until=until
                )

    def header(self, path: str, *, at: datetime) -> str:
        """The `Cookie` header for a path; "" without any."""
        good = [
            each
            for each in self._kept.values()
            if (each.until is None or at < each.until) and _covers(each.path, path)
        ]
        return "; ".join(f"{each.name}={each.value}" for each in good)


def _covers(prefix: str, path: str) -> bool:
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else prefix + "/")
