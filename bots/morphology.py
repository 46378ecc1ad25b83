"""SudachiPy as the reader of morphemes (docs/decisions: Words are read by SudachiPy)."""

import threading
from functools import cache, lru_cache
from typing import Any, Final

from core.lint import Word

_BLANK: Final = "空白"
_REMEMBERED: Final = 512


class SudachiMorphology:
    """Words by SudachiPy with its core dictionary.

    The dictionary (some 200 MB, mapped from disk) is opened at the first question and shared by
    all threads; a tokenizer belongs to one thread.
    """

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._dictionary: Any = None
        self._own = threading.local()
        # The same sentences come again: on the card, at approval, in the series.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read)

    def words(self, text: str) -> tuple[Word, ...]:
        """The words in order, without blanks; places are code points of `text`."""
        return self._remembered(text)

    def warm_up(self) -> None:
        """Open the dictionary now, so that nobody waits for it later (some 0.1 s)."""
        self.words("おたより")

    def _read(self, text: str) -> tuple[Word, ...]:
        return tuple(
            Word(
                surface=found.surface(),
                base=found.dictionary_form(),
                lemma=found.normalized_form(),
                reading=found.reading_form(),
                pos=tuple(part for part in found.part_of_speech() if part != "*"),
                start=found.begin(),
                end=found.end(),
            )
            for found in self._tokenizer().tokenize(text)
            if found.part_of_speech()[0] != _BLANK
        )

    def _tokenizer(self) -> Any:
        known = getattr(self._own, "tokenizer", None)
        if known is None:
            known = self._own.tokenizer = self._opened().tokenizer()
        return known

    def _opened(self) -> Any:
        with self._opening:
            if self._dictionary is None:
                from sudachipy import Dictionary  # type: ignore[attr-defined]

                self._dictionary = Dictionary(dict="core")
            return self._dictionary


@cache
def morphology() -> SudachiMorphology:
    """The one of this process; its dictionary is opened at the first question."""
    return SudachiMorphology()
