"""The reader of letters for a town, and what it tells on the command line."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from rich.console import Console

from bots.i18n.catalogue import finding_text, say, softer_text
from bots.morphology import morphology
from core.line_modes import LineMode, LineUse
from core.lint import Finding, LetterContext, Proofreader, TextKind
from core.lint.urls import host_of
from core.municipal_profiles.profile import MunicipalProfile

# Other names under which people may ask for a kind.
_ALSO: Final = {"CRISIS_UNSTAFFED": TextKind.CRISIS, "PAUSE": TextKind.ACKNOWLEDGEMENT}


def proofreader(
    *,
    tz: tzinfo,
    public_url: str = "",
    profile: MunicipalProfile | None = None,
    mode: LineMode = LineMode.ENTRANCE_LINK,
) -> Proofreader:
    """The reader of letters, with what the town's profile settles.

    Args:
        public_url: the product's own address; letters may link there.
        mode: how the town uses LINE.
    """
    own = None if profile is None else profile.wording
    hosts = [host_of(public_url), *(own.link_hosts if own else ())]
    return Proofreader(
        morphology=morphology(),
        tz=tz,
        hosts=frozenset(host.lower() for host in hosts if host),
        help_lines=own.help_lines if own else (),
        unsaid=own.unsaid if own else (),
        excusable=frozenset(own.excusable) if own else frozenset(),
        use=line_use(mode, profile),
    )


def line_use(mode: LineMode, profile: MunicipalProfile | None) -> LineUse:
    """How the town uses LINE: the setting, and what its profile says of it."""
    if profile is None:
        return LineUse(mode=mode)
    return LineUse(
        mode=mode, decision=profile.direct_chat, second_person=profile.answers_need_second
    )


def kind_named(name: str) -> TextKind | None:
    """The kind of text by its code, however it is typed; None when there is none."""
    code = name.strip().upper().replace("-", "_")
    return _ALSO.get(code) or (TextKind(code) if code in TextKind.__members__ else None)


def proofread_texts(
    texts: Iterable[str], *, kind: TextKind, at: datetime, proof: Proofreader
) -> list[tuple[str, tuple[Finding, ...]]]:
    """Each text with what stands against it, as a text of that kind to nobody in particular."""
    context = LetterContext(kind=kind, today=proof.today(at))
    return [(text, proof.read(text, context=context)) for text in texts]


def verdict(findings: Sequence[Finding]) -> str:
    """`block`, `warn` or `ok`."""
    levels = {finding.level for finding in findings}
    return "block" if "block" in levels else "warn" if levels else "ok"


def as_json(findings: Sequence[Finding]) -> str:
    """One line of JSON (INTERFACES §2); spans are half-open, in code points of the text."""
    told: dict[str, Any] = {
        "verdict": verdict(findings),
        "findings": [
            {
                "code": finding.code,
                "span": list(finding.span),
                "text": finding.text,
                "reason": say(f"lint.reasons.{finding.reason}"),
                "softer": softer_text(finding),
            }
            for finding in findings
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def tell(out: Console, text: str, findings: Sequence[Finding]) -> None:
    """The text, the verdict, and each finding with a softer line."""
    mark = {"ok": "○", "warn": "△", "block": "×"}[verdict(findings)]
    shown = " ".join(text.split())
    out.print(f"{mark} {shown}", markup=False, highlight=False)
    out.print(f"  {say(f'lint.verdicts.{verdict(findings)}')}", markup=False, highlight=False)
    for finding in findings:
        line = f"  {finding.code} {finding_text(finding)}"
        out.print(line, markup=False, highlight=False)
        out.print(f"     → {softer_text(finding)}", markup=False, highlight=False)
