"""The words of one letter of a series, in a form: a box, and folded below it what to begin from
and what a lock screen shows, as the form of a single letter has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Means, View
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Filled, Prepared
from core.cadence.planning import Part
from core.municipal_profiles.duties import reading_hours
from core.series import StepWords
from core.usecases.letters.compose_letter import compose_letter
from core.wording.kinds import TextKind

WORDS: Final = "words-"
_TEMPLATE: Final = "template-"
_ALT: Final = "alt-"
_SEASON: Final = "season-"
_FOLDED: Final = "ひな形・ロック画面の言葉"
_PUT: Final = "ひな形の言葉を入れました。読んで、直してから、もう一度ボタンを押してください。"
_KINDS: Final = {
    Part.ONE_OF_MANY: frozenset({TextKind.CHECK_IN, TextKind.SEASON}),
    Part.PRE_LAST: frozenset({TextKind.PRE_LAST}),
    Part.LAST: frozenset({TextKind.LAST}),
}
_SAID: Final = {
    Part.PRE_LAST: "「次の回でひと区切りにします」と知らせる回です。"
    "続けてほしいときの方法も書きます。",
    Part.LAST: "ひと区切りの回です。これからも書いてもらえることを伝えます。",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One letter that is to be written.

    Attributes:
        key: of its step. label: which letter, with its day; unique in the form.
        first: the first that the person gets; it says what a first letter says.
        said: what stands below the label beside what its part asks for.
        words: as they are now.
    """

    key: str
    label: str
    part: Part = Part.ONE_OF_MANY
    first: bool = False
    said: str = ""
    words: StepWords | None = None

    @property
    def name(self) -> str:
        """The label without its day."""
        return self.label.partition(" ")[0]

    @property
    def kinds(self) -> frozenset[TextKind]:
        """Texts from which it may begin."""
        return frozenset({TextKind.FIRST}) if self.first else _KINDS[self.part]


def entries_of(box: Box, view: View) -> Iterator[Entry]:
    """The entries of one letter."""
    words = box.words or StepWords(body="")
    yield Entry(
        name=f"{WORDS}{box.key}",
        label=box.label,
        kind=Kind.TEXT,
        required=False,
        help=box.said + _SAID.get(box.part, ""),
        value=words.body,
    )
    templates = _templates(box, view)
    if templates:
        yield Entry(
            name=f"{_TEMPLATE}{box.key}",
            label=f"{box.name}のひな形",
            kind=Kind.CHOICE,
            options=templates,
            required=False,
            help="言葉が空のとき、ひな形の言葉が入ります。入れたあとで直せます。",
            value=words.template or "",
            folded=_FOLDED,
        )
    yield Entry(
        name=f"{_ALT}{box.key}",
        label=f"{box.name}の、ロック画面に出す言葉",
        required=False,
        help="空のままなら、おたよりの言葉がそのまま出ます。",
        value=words.alt_text,
        folded=_FOLDED,
    )
    yield Entry(
        name=f"{_SEASON}{box.key}",
        label="",
        kind=Kind.HELD,
        required=False,
        value=words.season or "",
        folded=_FOLDED,
    )


def _templates(box: Box, view: View) -> tuple[Option, ...]:
    if view.pen is None:
        return ()
    style = view.story.person.language_style
    return tuple(
        Option(value=one.known_as, label=f"{word(one.kind)} · {one.title}")
        for one in view.pen.library.fitting(kinds=box.kinds, style=style)
    )


def words_in(filled: Filled) -> dict[str, StepWords]:
    """The letters that were written, by step."""
    written = {key: body.strip() for key, body in filled.starting(WORDS).items() if body.strip()}
    return {
        key: StepWords(
            body=body,
            alt_text=_said(filled, f"{_ALT}{key}"),
            template=_said(filled, f"{_TEMPLATE}{key}") or None,
            season=_said(filled, f"{_SEASON}{key}") or None,
        )
        for key, body in written.items()
    }


def _said(filled: Filled, name: str) -> str:
    return filled.text(name).strip() if filled.asks(name) else ""


async def put_templates(means: Means, filled: Filled, *, days: dict[str, date]) -> None:
    """Words of the templates that were chosen where none stand yet, to be read and changed.

    Args:
        days: of each step the local day on which it goes, for the season's phrase.

    Raises:
        Prepared: the form once more, with the words in their boxes. NoSuchTemplate, SaidBefore,
            FieldsMissing: as `compose_letter`.
    """
    pen = means.view.pen
    written = filled.starting(WORDS)
    values: dict[str, str] = {}
    for key, template in filled.starting(_TEMPLATE).items():
        if pen is None or not template or written.get(key, "").strip():
            continue
        found = await compose_letter(
            means.uow,
            library=pen.library,
            case_id=means.view.story.case.id,
            by=means.by,
            template=template,
            day=days.get(key, means.today),
            tz=means.tz,
            hours=reading_hours(means.profile),
        )
        values |= {f"{WORDS}{key}": found.body, f"{_SEASON}{key}": found.season or ""}
    if values:
        raise Prepared(values, said=_PUT)
