"""The card of first steps: short sentences, some of which know when they are done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideStep:
    """One thing to try.

    Attributes:
        text: a short Japanese sentence.
        user: the staff member (Slack) who would do it.
        phone: the person whose phone it happens on.
        label: what is pressed; the page can point at it.
        does: the verb that does it (`click`, `submit`, `command`, `tap`, `say`, `sticker`,
            `clock` ...); None where `label` says enough.
    """

    text: str
    user: str | None = None
    phone: str | None = None
    label: str | None = None
    does: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """What somebody just did at a screen.

    Attributes:
        verb: the driver's verb (`click`, `tap`, `clock` ...).
        said: the sentence for "what happened last", without its subject.
        who: the staff member or the person; None for the clock and the fault switch.
        on: `slack`, `phone` or None.
        label: what was pressed or named.
    """

    verb: str
    said: str
    who: str | None = None
    on: str | None = None
    label: str | None = None


class Guide:
    """The steps in their order, and which of them have been done."""

    def __init__(self, steps: Sequence[GuideStep | str | Mapping[str, Any]] = ()) -> None:
        self._steps = tuple(_step(step) for step in steps)
        self._done: set[int] = set()

    def see(self, deed: Deed) -> None:
        """Tick off what this deed fulfils.

        Looking at something (`open`) counts only for the step whose turn it is: one looks around
        all the time.
        """
        turn = next((at for at in range(len(self._steps)) if at not in self._done), None)
        for position, step in enumerate(self._steps):
            if _fulfils(deed, step=step) and (deed.verb != "open" or position == turn):
                self._done.add(position)

    def as_json(self) -> list[dict[str, Any]]:
        """`[{"text", "user", "phone", "label", "does", "done"}]`."""
        return [
            {
                "text": step.text,
                "user": step.user,
                "phone": step.phone,
                "label": step.label,
                "does": step.does,
                "done": position in self._done,
            }
            for position, step in enumerate(self._steps)
        ]


def _step(given: GuideStep | str | Mapping[str, Any]) -> GuideStep:
    if isinstance(given, GuideStep):
        return given
    return GuideStep(text=given) if isinstance(given, str) else GuideStep(**given)


def _fulfils(deed: Deed, *, step: GuideStep) -> bool:
    if step.label is None and step.does is None:
        return False
    who = step.user or step.phone
    return (
        (step.does is None or step.does == deed.verb)
        and (step.label is None or step.label in (deed.label or ""))
        and (who is None or who == deed.who)
    )
