"""When words that the wording check blocks may stand: where the town says so, with the author's
reason, and read by a second person (DOMAIN §8.8, S1).

Which codes may stand is the town's to say (`Wording.excusable`); what shows on a lock screen or
names somebody, an unverified telephone, a leaflet that is over and a strange link never may.
The reason is staff's own words: it is kept sealed with the letter, and the record has the codes.
"""

from core.errors import CaseworkError
from core.ids import StaffId
from core.letters import Letter
from core.lint import Finding, WordingBlocked, blocking


class ExcuseUnread(CaseworkError):
    """The author's reason has to be read and accepted before the letter goes (S1).

    Facts: `codes`.
    """

    rule = "S1"


class ExcuseNeedsSecond(CaseworkError):
    """Nobody accepts a reason of their own, even where they may approve an own letter (G-06).

    Facts: `codes`.
    """

    rule = "G-06"


def listed(codes: frozenset[str]) -> str:
    """Codes as text, in order: `L1 L10 L2`."""
    return " ".join(sorted(codes))


def evidence(codes: frozenset[str]) -> tuple[str, ...]:
    """What the record says of a letter whose words stand with a reason; never the reason."""
    return (f"excused={listed(codes)}",) if codes else ()


def may_stand(findings: tuple[Finding, ...], *, excusable: frozenset[str]) -> frozenset[str]:
    """The codes that block, where every one of them may stand with a reason; else none."""
    codes = frozenset(finding.code for finding in blocking(findings))
    return codes if codes <= excusable else frozenset()


def handed_in(
    findings: tuple[Finding, ...], *, excusable: frozenset[str], given: str
) -> tuple[str | None, frozenset[str]]:
    """The reason that is kept with the letter and the codes it is about; neither where nothing
    blocks, whatever was given.

    Raises:
        WordingBlocked: something blocks that may not stand, or no reason was given.
    """
    against = blocking(findings)
    if not against:
        return None, frozenset()
    codes = may_stand(against, excusable=excusable)
    if not codes or not given.strip():
        raise WordingBlocked(against, excusable=bool(codes))
    return given.strip(), codes


def to_accept(
    letter: Letter, findings: tuple[Finding, ...], *, excusable: frozenset[str]
) -> frozenset[str]:
    """The codes that an approver would have to accept: what blocks now may stand, and the author
    gave a reason; none where nothing blocks, or where the words cannot go."""
    return may_stand(findings, excusable=excusable) if letter.excuse else frozenset()


def require_accepted(
    letter: Letter,
    findings: tuple[Finding, ...],
    *,
    by: StaffId,
    excusable: frozenset[str],
    accepted: frozenset[str],
) -> frozenset[str]:
    """The codes with which the letter is approved; none where nothing blocks.

    Args:
        accepted: the codes whose reason the approver read and accepts.

    Raises:
        WordingBlocked: something blocks that may not stand, or without a reason of its author.
        ExcuseNeedsSecond: its author approves it. ExcuseUnread: a code was not accepted.
    """
    against = blocking(findings)
    if not against:
        return frozenset()
    codes = to_accept(letter, against, excusable=excusable)
    if not codes:
        raise WordingBlocked(against)
    if letter.author_id == by:
        raise ExcuseNeedsSecond(codes=listed(codes))
    if not codes <= accepted:
        raise ExcuseUnread(codes=listed(codes))
    return codes
