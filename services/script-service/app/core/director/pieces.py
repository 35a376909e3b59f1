"""The sentences of one narration, within its time."""

from app.core.director.timing import (
    BREATH_S,
    LONGEST_S,
    SHORTEST_S,
    fits,
    speech_s,
    spoken_words,
    words_within,
)
from contracts.script import Language

_MOST_PIECES = 3
#: A scene that has said this share of what its time allows has said enough.
_ENOUGH = 0.6


class Pieces:
    """Sentences of one narration, within its time.

    As many as fit `planned_s` calmly, and a longer one where `at_most_s` are to be had for it.
    """

    def __init__(self, language: Language, planned_s: float, at_most_s: float) -> None:
        self._language = language
        self._enough_s = planned_s * _ENOUGH
        self._seconds = max(SHORTEST_S, min(at_most_s, LONGEST_S) - BREATH_S)
        self._pieces: list[str] = []
        self._reserved = ""

    @property
    def text(self) -> str:
        """All of them."""
        return " ".join(self._pieces)

    @property
    def left(self) -> int:
        """Words that may still be said."""
        return words_within(self._seconds, self._language) - spoken_words(self.text)

    @property
    def enough(self) -> bool:
        """Whether the scene needs no more words."""
        said_s = speech_s(self.text, self._language)
        return len(self._pieces) >= _MOST_PIECES or said_s >= self._enough_s

    def fits(self, line: str) -> bool:
        """Whether there is time for it, and for what is reserved."""
        return fits(f"{self.text} {line} {self._reserved}", self._seconds, self._language)

    def reserve(self, line: str) -> None:
        """Keeps time for a line, unless there is not enough for it alone."""
        if fits(line, self._seconds, self._language):
            self._reserved = line

    def add_reserved(self) -> None:
        """Adds what time was kept for."""
        line, self._reserved = self._reserved, ""
        if line:
            self.add(line)

    def begins_like(self, line: str) -> bool:
        """Whether a sentence before it has the same subject."""
        return any(piece.split()[:2] == line.split()[:2] for piece in self._pieces)

    def add(self, line: str) -> bool:
        """Adds it if there is time."""
        if not self.fits(line):
            return False
        self._pieces.append(line)
        return True
