"""Texts of a town file: fit for what they are used for, and for the wording check."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, tzinfo

from bots.i18n.catalogue import refusal
from bots.morphology import morphology
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.town.parts import Parts
from bots.town.problems import Found, Path
from bots.town.records import rules_of
from bots.town.text_entries import TextEntry
from core.agencies import Role
from core.crisis import text as crisis_text
from core.errors import CaseworkError
from core.lint import (
    Finding,
    LetterContext,
    Proofreader,
    TextKind,
    check_words,
)
from core.profiles import NEEDED_TEXTS, READ_AS, TextUse
from core.wording.duties import ANSWER_FIELDS, answer_of, template_of

# Whether a telephone, leaflet or link holds depends on the day, and on the profile.
_ASKED_LATER = frozenset({"L12", "L13", "L14"})


def by_profile(parts: Parts, *, tz: tzinfo) -> Proofreader | None:
    """None where the file names no profile that could be read; that is told elsewhere."""
    if parts.head is None or parts.head.profile is None:
        return None
    try:
        own = resolve_profile(parts.head.profile).wording
    except ProfileWrong:
        return None
    return Proofreader(
        morphology=morphology(),
        tz=tz,
        hosts=frozenset(host.lower() for host in own.link_hosts),
        help_lines=own.help_lines,
    )


def unfit_texts(parts: Parts, proof: Proofreader | None, *, at: datetime) -> Iterator[Found]:
    for place, text in parts.texts.items():
        approver = parts.member(text.approved_by)
        if text.approved_by == text.author:
            yield Found(
                ("texts", place, "approved_by"),
                "whoever wrote a text does not approve it (G-06); name a colleague",
            )
        elif approver is not None and Role.MESSAGE_APPROVER not in approver.roles:
            yield Found(
                ("texts", place, "approved_by"),
                f'"{approver.code}" does not hold the role message_approver',
            )
        yield from _of_use(text, ("texts", place))
        context = context_of(parts, text.kind or READ_AS[text.use])
        if proof is None:
            found = check_words(text.body, context=context, morphology=morphology())
            yield from blocked(found, ("texts", place, "body"))
        else:
            # These stand for months and go out by themselves: telephones and links hold, too.
            found = proof.read(text.body, context=replace(context, today=proof.today(at)))
            yield from blocked(found, ("texts", place, "body"), later=frozenset())


def _of_use(text: TextEntry, path: Path) -> Iterator[Found]:
    """What a text needs for its use, and what belongs to another."""
    template = text.use is TextUse.TEMPLATE
    for name, given in (("kind", text.kind), ("style", text.style)):
        if template and given is None:
            yield Found((*path, name), f"a template needs its {name}")
        if not template and given is not None:
            yield Found((*path, name), f"only a template has a {name}; write use: TEMPLATE")
    marks = "".join(mark for mark in "{}｜《》" if mark in text.body)
    yield from _of_crisis(text, path)
    if text.use is TextUse.ACKNOWLEDGEMENT and text.name in ANSWER_FIELDS:
        yield from _of_answer(text, path)
    elif marks and not (template or text.use is TextUse.CRISIS):
        yield Found(
            (*path, "body"),
            f"it is sent as it stands, with {marks} in it; only a template has fields and readings",
        )
    if template and text.kind and text.style:
        yield from _of_template(text, path)
    if text.name in NEEDED_TEXTS and text.use is not TextUse.ACKNOWLEDGEMENT:
        yield Found(
            (*path, "use"),
            f'"{text.name}" is the name of an acknowledgement; give this text another name',
        )


def _of_crisis(text: TextEntry, path: Path) -> Iterator[Found]:
    """The text for hours in which nobody reads has a name of its own, and says what helps."""
    if (text.name == crisis_text.NAME) != (text.use is TextUse.CRISIS):
        yield Found((*path, "use"), f'"{crisis_text.NAME}" is the name of the text of use CRISIS')
    if text.use is not TextUse.CRISIS:
        return
    try:
        crisis_text.require_fit(text.body)
    except CaseworkError as wrong:
        yield Found(
            (*path, "body"),
            f"it has to name 119 and 110 and say {crisis_text.READ_WHEN}, with "
            f"{crisis_text.TELEPHONES} if help lines may follow; look at: {wrong.facts['lacks']}",
        )


def _of_answer(text: TextEntry, path: Path) -> Iterator[Found]:
    """An answer to a button is read as it will be when somebody presses it."""
    try:
        answer_of(text.name, text.body)
    except CaseworkError as wrong:
        said = refusal(wrong, locale="en").text
        yield Found((*path, "body"), f"{said[0].lower()}{said[1:]}".rstrip("."))


def _of_template(text: TextEntry, path: Path) -> Iterator[Found]:
    """A template is read as it will be read when it is used."""
    assert text.kind is not None and text.style is not None
    try:
        template_of(
            name=text.name,
            version=text.version,
            kind=text.kind,
            style=text.style,
            body=text.body,
        )
    except CaseworkError as wrong:
        said = refusal(wrong, locale="en").text
        yield Found((*path, "body"), f"{said[0].lower()}{said[1:]}".rstrip("."))


def blocked(
    found: Iterable[Finding], path: Path, *, later: frozenset[str] = _ASKED_LATER
) -> Iterator[Found]:
    for finding in found:
        if finding.level == "block" and finding.code not in later:
            yield Found(path, f'the wording check blocks "{finding.text}" ({finding.code})')


def context_of(parts: Parts, kind: TextKind) -> LetterContext:
    return LetterContext(kind=kind, today=date.min, rules=rules_of(parts.rules))
