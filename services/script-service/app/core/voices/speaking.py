"""Which voice speaks of a property."""

from app.core.voices.english import English
from app.core.voices.french import French
from app.core.voices.voice import Voice
from contracts.poi import Poi
from contracts.script import Language


def voice_of(poi: Poi, language: Language) -> Voice:
    """The voice of a language, speaking of a property."""
    return French(poi) if language == "fr" else English(poi)
