"""Languages as recognisers name them."""

from types import MappingProxyType

#: Whisper says "french" where gpt-transcribe says "fr": those spoken most in its training data.
_CODES = MappingProxyType(
    {
        "arabic": "ar", "catalan": "ca", "chinese": "zh", "czech": "cs", "danish": "da",
        "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de",
        "greek": "el", "hebrew": "he", "hungarian": "hu", "indonesian": "id", "italian": "it",
        "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt",
        "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr",
        "ukrainian": "uk", "vietnamese": "vi",
    }
)  # fmt: skip


def language_code(named: str | None) -> str | None:
    """The ISO 639 code of a language given by name or code ("french", "fr-FR"); None if unknown."""
    plain = (named or "").strip().lower()
    code = plain.partition("-")[0]
    return _CODES.get(plain) or (code if len(code) in {2, 3} and code.isalpha() else None)
