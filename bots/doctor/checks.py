"""What the doctor says of one thing."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from bots.i18n.catalogue import moment, say

Verdict = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: dotted, such as `line.webhook`; stays the same between versions.
        found: what is, one sentence. Never a secret's value.
        next_step: what to do; "" where all is well.
    """

    name: str
    verdict: Verdict
    found: str
    next_step: str = ""

    def as_json(self) -> dict[str, str]:
        """The four fields."""
        return asdict(self)


class Notes:
    """Writes checks in one language. The sentences stand in the catalogue under `doctor`."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def ok(self, name: str, key: str, /, **facts: object) -> Check:
        """All is well."""
        return Check(name=name, verdict="ok", found=say(f"doctor.{key}", **self._with(facts)))

    def warn(self, name: str, key: str, /, **facts: object) -> Check:
        """It works, but somebody should look."""
        return self._trouble(name, "warn", key, facts)

    def fail(self, name: str, key: str, /, **facts: object) -> Check:
        """It does not work like this."""
        return self._trouble(name, "fail", key, facts)

    def when(self, at: datetime) -> str:
        """A time in this language."""
        return moment(at, locale=self._locale, zoned=True)

    def _trouble(self, name: str, verdict: Verdict, key: str, facts: dict[str, object]) -> Check:
        return Check(
            name=name,
            verdict=verdict,
            found=say(f"doctor.{key}", **self._with(facts)),
            next_step=say(f"doctor.{key}_next", **self._with(facts)),
        )

    def _with(self, facts: dict[str, object]) -> dict[str, str]:
        return {"locale": self._locale, **{name: str(value) for name, value in facts.items()}}
