"""おたよりを書く: in words of one's own, or beginning from a template, on the case's page.

A template chosen while the words are empty puts its words there, to be read and changed; the
same button then hands the letter in.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.excuse import EXCUSE, asking_why, excuse_entries, excuse_in
from bots.web.desk.filled import Filled, Prepared, Slip, Unfilled
from bots.web.desk.views import Pen
from core.access import Action
from core.cases import WRITABLE
from core.days import SendingHours
from core.ids import LetterId
from core.letters import OWN_WORDS, WRITTEN_KINDS, Letter, LetterKind, LetterState, Origin
from core.municipal_profiles.duties import reading_hours
from core.permissions import holders
from core.usecases.letters.compose_letter import compose_letter
from core.usecases.letters.rewrite_letter import rewrite_letter
from core.usecases.letters.write_letter import write_letter
from core.wording.kinds import LETTER_KINDS, WRITTEN
from core.wording.templates import Template

ROOM: Final = "おたより"
_WAITS: Final = "おたよりは、承認待ちに入りました。"
_PUT: Final = "ひな形の言葉を入れました。読んで、直してから、もう一度ボタンを押してください。"
_USUAL: Final = time(10, 30)


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="kind",
            label="種類",
            kind=Kind.CHOICE,
            options=of_enum(WRITTEN_KINDS),
            value=LetterKind.CHECK_IN.value,
        ),
        *_words(view, value=""),
        *excuse_entries(view),
        _opens(view),
    )


def _words(view: View, *, value: str) -> Iterator[Entry]:
    """Where the words come from, and the words."""
    style = view.story.person.language_style
    fitting = _pen(view).library.fitting(kinds=WRITTEN, style=style)
    if fitting:
        yield Entry(
            name="template",
            label="ひな形",
            kind=Kind.CHOICE,
            options=tuple(Option(value=one.known_as, label=_title(one)) for one in fitting),
            required=False,
            help="「言葉」が空のとき、ひな形の言葉が入ります。入れたあとで直せます。",
        )
    yield Entry(
        name="words",
        label="言葉",
        kind=Kind.TEXT,
        value=value,
        required=False,
        help="120字までが読みやすい長さです。お返事や目標を求めない、短いひとことを。",
    )
    yield Entry(
        name="alt",
        label="ロック画面に出す言葉",
        required=False,
        help="空のままなら、おたよりの言葉がそのまま出ます。",
    )
    yield Entry(name="season", label="", kind=Kind.HELD, required=False)


def _title(template: Template) -> str:
    return f"{word(template.kind)} · {template.title}"


def _opens(view: View, at: datetime | None = None) -> Entry:
    local = (at if at and at > view.at else _usual(view)).astimezone(view.tz)
    return Entry(
        name="opens_at",
        label="届ける日時",
        kind=Kind.MOMENT,
        value=f"{local:%Y-%m-%dT%H:%M}",
        help="届くのは10時から20時まで。日曜・祝日・年末年始には届けません。",
    )


def _usual(view: View) -> datetime:
    """Tomorrow morning, or the next day on which letters arrive."""
    tomorrow = datetime.combine(view.today + timedelta(days=1), _USUAL, tzinfo=view.tz)
    fits = SendingHours(closed_days=view.closed_days).next_opening(tomorrow, tz=view.tz)
    return fits.replace(hour=_USUAL.hour, minute=_USUAL.minute)


async def _write(means: Means, filled: Filled, of: str) -> str:
    opens_at = filled.moment("opens_at")
    if not filled.text("words"):
        raise await _prepared(means, filled, day=opens_at.date())
    with asking_why():
        await write_letter(
            means.uow,
            case_id=means.view.story.case.id,
            by=means.by,
            body=filled.text("words"),
            opens_at=opens_at,
            at=means.at,
            tz=means.tz,
            proof=_pen(means.view).proof,
            closed_days=means.closed_days,
            kind=filled.one("kind", LetterKind),
            alt_text=filled.text("alt"),
            origin=_origin(means, filled) or OWN_WORDS,
            excuse=excuse_in(filled),
        )
    return _WAITS


async def _prepared(means: Means, filled: Filled, *, day: date) -> Prepared:
    """The form once more, with the words of the template that was chosen.

    Raises:
        Unfilled: none was chosen. NoSuchTemplate, SaidBefore, FieldsMissing: as `compose_letter`.
    """
    chosen = _chosen(means, filled)
    if chosen is None:
        raise Unfilled([Slip(name="words", said="言葉を書くか、ひな形をお選びください。")])
    found = await compose_letter(
        means.uow,
        library=_pen(means.view).library,
        case_id=means.view.story.case.id,
        by=means.by,
        template=chosen.known_as,
        day=day,
        tz=means.tz,
        hours=reading_hours(means.profile),
    )
    # A reason was for other words.
    values = {"words": found.body, "season": found.season or "", EXCUSE: ""}
    return Prepared({**values, "kind": LETTER_KINDS[chosen.kind].value}, said=_PUT)


def _chosen(means: Means, filled: Filled) -> Template | None:
    known_as = filled.text("template") if filled.asks("template") else ""
    if not known_as:
        return None
    style = means.view.story.person.language_style
    return _pen(means.view).library.template(known_as, style=style)


def _origin(means: Means, filled: Filled) -> Origin | None:
    chosen = _chosen(means, filled)
    if chosen is None:
        return None
    return Origin(template=chosen.known_as, season=filled.maybe("season"))


def _again_entries(view: View, of: str) -> tuple[Entry, ...]:
    letter = _mine(view, of)
    return (
        held("version", letter.version),
        *_words(view, value=letter.body),
        *excuse_entries(view, value=letter.excuse or ""),
        _opens(view, letter.opens_at),
    )


async def _again(means: Means, filled: Filled, of: str) -> str:
    opens_at = filled.moment("opens_at")
    if not filled.text("words"):
        raise await _prepared(means, filled, day=opens_at.date())
    with asking_why():
        await rewrite_letter(
            means.uow,
            letter_id=LetterId(of),
            version=filled.number("version"),
            by=means.by,
            body=filled.text("words"),
            opens_at=opens_at,
            at=means.at,
            tz=means.tz,
            proof=_pen(means.view).proof,
            closed_days=means.closed_days,
            alt_text=filled.text("alt"),
            origin=_origin(means, filled),
            excuse=excuse_in(filled),
        )
    return _WAITS


def _pen(view: View) -> Pen:
    """Without one, nothing here is offered."""
    assert view.pen is not None
    return view.pen


def _mine(view: View, of: str) -> Letter:
    return next(letter for letter in view.story.letters if letter.id == of)


def _writable(view: View) -> Iterable[Offer]:
    return ALWAYS if view.pen is not None and view.story.case.state in WRITABLE else ()


def _with_author(view: View) -> Iterable[Offer]:
    """Letters that came back to this reader."""
    return tuple(
        Offer(of=letter.id, about=word(letter.kind))
        for letter in view.story.letters
        if view.pen and letter.state is LetterState.DRAFT and letter.author_id == view.reader
    )


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="write-letter",
        title="おたよりを書く",
        room=ROOM,
        who=holders(Action.WRITE_LETTER),
        entries=_entries,
        act=_write,
        offered=_writable,
        explains="書いた言葉は、ここにだけ残ります。届くのは、別の方が承認してからです。",
    ),
    Deed(
        key="rewrite-letter",
        title="おたよりを書き直す",
        room=ROOM,
        who=holders(Action.WRITE_LETTER),
        entries=_again_entries,
        act=_again,
        offered=_with_author,
    ),
)
WRITES: Final = frozenset(deed.key for deed in DEEDS)
"""Deeds whose forms need the town's own templates."""
