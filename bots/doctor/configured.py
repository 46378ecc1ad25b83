"""The settings, as far as they can be judged without asking anybody."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from bots.doctor.checks import Check, Notes
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.proofreading import line_use
from bots.settings import LINE_API, SLACK_API, Settings, SettingsWrong
from core.line_modes import DirectChatNotYet, DirectChatUndecided, LineMode, require_decided
from core.municipal_profiles.fitness import blanks, verify_as_of
from core.municipal_profiles.wording import DUE_SOON, VERIFIED_FOR

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def check_unreadable(wrong: SettingsWrong, *, notes: Notes) -> Check:
    """Settings that cannot be read at all; nothing else can be looked at then."""
    return notes.fail("settings", "settings_wrong", wrong="; ".join(wrong.problems))


def check_settings(settings: Settings, *, today: date, notes: Notes) -> Iterator[Check]:
    """What is missing, and what is set in a way that somebody should know of."""
    try:
        settings.require_for_serving()
        yield notes.ok("settings", "settings_ok")
    except SettingsWrong as wrong:
        names = ", ".join(problem.split(":")[0] for problem in wrong.problems)
        yield notes.fail("settings", "settings_missing", missing=names)
    yield _public_url(settings, notes)
    yield _profile(settings, notes)
    yield from _help_lines(settings, today, notes)
    if settings.retention_years is None:
        yield notes.warn("settings.retention", "retention_unset")
    else:
        yield notes.ok("settings.retention", "retention_ok", years=settings.retention_years)
    yield _line_mode(settings, notes, today=today)
    if settings.line_api_base != LINE_API:
        yield notes.warn("settings.line_api_base", "other_line", url=settings.line_api_base)
    if settings.slack_api_base != SLACK_API:
        yield notes.warn("settings.slack_api_base", "other_slack", url=settings.slack_api_base)


def _line_mode(settings: Settings, notes: Notes, *, today: date) -> Check:
    """Whether the municipality has decided what the setting asks for (DOMAIN §9)."""
    name = "settings.line_mode"
    if settings.line_mode is not LineMode.DIRECT_CHAT:
        return notes.ok(name, "line_mode_ok", mode=settings.line_mode.value)
    try:
        profile = resolve_profile(settings.municipality)
    except ProfileWrong:
        profile = None
    use = line_use(settings.line_mode, profile)
    try:
        require_decided(use, today=today)
    except (DirectChatUndecided, DirectChatNotYet):
        return notes.fail(name, "line_mode_undecided")
    decision = use.decision
    assert decision is not None
    return notes.ok(
        name,
        "line_mode_direct_ok",
        by=decision.decided_by,
        on=decision.decided_on.isoformat(),
        reference=decision.reference,
    )


def _profile(settings: Settings, notes: Notes) -> Check:
    """Whether the profile is there, may have grown old (DOMAIN §5), or has blanks (R-094)."""
    name = "settings.municipality"
    try:
        profile = resolve_profile(settings.municipality)
    except ProfileWrong as wrong:
        return notes.fail(name, "profile_wrong", wrong="; ".join(map(str, wrong.problems)))
    year = verify_as_of(profile)
    if year is not None:
        return notes.warn(name, "profile_old", town=profile.name, year=year)
    blank = ", ".join(fault.key for fault in blanks(profile))
    if blank:
        return notes.warn(name, "profile_blank", town=profile.name, blank=blank)
    return notes.ok(name, "profile_ok", town=profile.name)


def _help_lines(settings: Settings, today: date, notes: Notes) -> Iterator[Check]:
    """Telephones that letters may name: verified, and until when (DOMAIN §8.4)."""
    try:
        lines = resolve_profile(settings.municipality).wording.help_lines
    except ProfileWrong:
        return
    name = "help_lines"
    gone = [line.name for line in lines if not line.holds(today)]
    soon = [line.name for line in lines if line.holds(today) and line.left(today) < DUE_SOON]
    if gone:
        yield notes.fail(name, "help_lines_old", lines="、".join(gone), days=VERIFIED_FOR.days)
    elif soon:
        day = min(line.due_on for line in lines if line.due_on is not None)
        yield notes.warn(name, "help_lines_due", lines="、".join(soon), day=day.isoformat())
    elif lines:
        day = min(line.due_on for line in lines if line.due_on is not None)
        yield notes.ok(name, "help_lines_ok", count=len(lines), day=day.isoformat())
    else:
        yield notes.ok(name, "help_lines_none")


def _public_url(settings: Settings, notes: Notes) -> Check:
    name, url = "settings.public_url", settings.public_url
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return notes.ok(name, "public_url_ok", url=url)
    if parts.hostname in _LOOPBACK:
        return notes.warn(name, "public_url_local", url=url)
    return notes.fail(name, "public_url_plain", url=url)
