"""French and English nouns with the little words that go before them."""

from dataclasses import dataclass

_VOWELS = "aeiouyéèêàâîôûhœ"
#: h aspiré: no elision ("le hall", "le hammam", "le haras").
_ASPIRATED = ("hall", "hammam", "haras", "hangar")


@dataclass(frozen=True, slots=True)
class Nom:
    """A French noun in the singular."""

    text: str
    feminine: bool = False

    @property
    def _elides(self) -> bool:
        return self.text[0] in _VOWELS and not self.text.startswith(_ASPIRATED)

    @property
    def le(self) -> str:
        """With its definite article."""
        if self._elides:
            return f"l’{self.text}"
        return f"{'la' if self.feminine else 'le'} {self.text}"

    @property
    def un(self) -> str:
        """With its indefinite article."""
        return f"{'une' if self.feminine else 'un'} {self.text}"

    @property
    def du(self) -> str:
        """After "de"."""
        if self._elides or self.feminine:
            return f"de {self.le}"
        return f"du {self.text}"

    @property
    def au(self) -> str:
        """After "à"."""
        if self._elides or self.feminine:
            return f"à {self.le}"
        return f"au {self.text}"

    @property
    def ce(self) -> str:
        """With its demonstrative."""
        if self.feminine:
            return f"cette {self.text}"
        return f"{'cet' if self._elides else 'ce'} {self.text}"

    @property
    def e(self) -> str:
        """What a past participle takes to agree."""
        return "e" if self.feminine else ""


@dataclass(frozen=True, slots=True)
class Noun:
    """An English noun in the singular."""

    text: str

    @property
    def the(self) -> str:
        """With its definite article."""
        return f"the {self.text}"

    @property
    def a(self) -> str:
        """With its indefinite article."""
        return f"{'an' if self.text[0] in 'aeio' else 'a'} {self.text}"


_FRENCH_COUNTS = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
]  # fmt: skip
_ENGLISH_COUNTS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
]  # fmt: skip


def en_lettres(count: int) -> str:
    """A small count in French words, a greater one in digits."""
    return _FRENCH_COUNTS[count] if count < len(_FRENCH_COUNTS) else str(count)


def spelled(count: int) -> str:
    """A small count in English words, a greater one in digits."""
    return _ENGLISH_COUNTS[count] if count < len(_ENGLISH_COUNTS) else str(count)
