"""The sentences of one narration, within its time."""

from app.core.director.timing import WORDS_PER_S, fits, spoken_words

_MOST_PIECES = 3
#: A scene that has said this share of what its time allows has said enough.
_ENOUGH = 0.6


class Pieces:
    """Sentences of one narration, within its time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pieces: list[str] = []
        self._reserved = ""

    @property
    def text(self) -> str:
        """All of them."""
        return " ".join(self._pieces)

    @property
    def left(self) -> int:
        """Words that may still be said."""
        return int(self._seconds * WORDS_PER_S) - spoken_words(self.text)

    @property
    def enough(self) -> bool:
        """Whether the scene needs no more words."""
        spoken = spoken_words(self.text)
        return len(self._pieces) >= _MOST_PIECES or spoken >= self._seconds * WORDS_PER_S * _ENOUGH

    def fits(self, line: str) -> bool:
        """Whether there is time for it, and for what is reserved."""
        return fits(f"{self.text} {line} {self._reserved}", self._seconds)

    def reserve(self, line: str) -> None:
        """Keeps time for a line, unless there is not enough for it alone."""
        if fits(line, self._seconds):
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
