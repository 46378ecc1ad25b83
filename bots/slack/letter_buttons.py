"""The buttons of a letter's cards, and what they carry."""

from dataclasses import dataclass
from typing import Final

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from core.ids import LetterId
from core.letters import UNSENT, LetterState
from core.usecases.letters.show_letter import LetterView

APPROVE: Final = "letter_approve"
APPROVE_OWN: Final = "letter_approve_own"
APPROVE_EXCUSED: Final = "letter_approve_excused"
RETURN: Final = "letter_return"
STOP: Final = "letter_stop"
OPEN_REWRITE: Final = "letter_open_rewrite"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a button carries: the letter as its presser saw it."""

    letter_id: LetterId
    version: int
    facts: int

    @property
    def value(self) -> str:
        """As a button's value."""
        return f"{self.letter_id}:{self.version}:{self.facts}"


def read_shown(value: str) -> Shown:
    """Read a button's value back.

    Raises:
        ValueError: it is none of ours.
    """
    letter_id, version, facts = value.rsplit(":", 2)
    return Shown(letter_id=LetterId(letter_id), version=int(version), facts=int(facts))


def decision_row(view: LetterView, *, locale: str) -> list[Json]:
    """Approving, returning, calling off. Blocked words leave only the last two, unless
    they may stand with the reason that their author gave.

    Until it is on its way an approved letter may still be given back or called off.
    """
    alias = view.case.alias
    value = _shown(view).value
    row = []
    blocked = any(finding.level == "block" for finding in view.findings)
    if view.may_decide and not blocked:
        row.append(
            b.button(
                say("approvals.approve", locale=locale),
                APPROVE,
                value=value,
                style="primary",
                label=say("approvals.approve_label", locale=locale, alias=alias),
            )
        )
    if view.may_decide and view.to_accept:
        row.append(
            b.button(
                say("approvals.excused", locale=locale),
                APPROVE_EXCUSED,
                value=value,
                label=say("approvals.excused_label", locale=locale, alias=alias),
            )
        )
    if view.may_decide or view.may_take_back:
        row.append(_return_button(view, locale=locale))
    row += _stop_button(view, locale=locale)
    return [b.actions(*row)] if row else []


def _return_button(view: LetterView, *, locale: str) -> Json:
    return b.button(
        say("approvals.return", locale=locale),
        RETURN,
        value=_shown(view).value,
        label=say("approvals.return_label", locale=locale, alias=view.case.alias),
    )


def author_row(view: LetterView, *, locale: str) -> list[Json]:
    """Rewriting, approving where the town allows it, taking back, calling off."""
    row = []
    blocked = any(finding.level == "block" for finding in view.findings)
    if view.may_approve_own and not blocked:
        row.append(
            b.button(
                say("approvals.own", locale=locale),
                APPROVE_OWN,
                value=_shown(view).value,
                label=say("approvals.own_label", locale=locale, alias=view.case.alias),
            )
        )
    if view.may_take_back:
        row.append(_return_button(view, locale=locale))
    if view.letter.state is LetterState.DRAFT:
        row.append(
            b.button(
                say("approvals.rewrite", locale=locale),
                OPEN_REWRITE,
                value=_shown(view).value,
                style="primary",
                label=say("approvals.rewrite_label", locale=locale, alias=view.case.alias),
            )
        )
    row += _stop_button(view, locale=locale)
    return [b.actions(*row)] if row else []


def _stop_button(view: LetterView, *, locale: str) -> list[Json]:
    if not view.may_stop or view.letter.state not in UNSENT:
        return []
    return [
        b.button(
            say("approvals.stop", locale=locale),
            STOP,
            value=_shown(view).value,
            label=say("approvals.stop_label", locale=locale, alias=view.case.alias),
            confirm=b.confirm(
                title=say("approvals.stop_title", locale=locale),
                text=say("approvals.stop_text", locale=locale),
                yes=say("approvals.stop_confirm", locale=locale),
                no=say("approvals.stop_deny", locale=locale),
            ),
        )
    ]


def _shown(view: LetterView) -> Shown:
    return Shown(letter_id=view.letter.id, version=view.letter.version, facts=view.case.facts)
