"""`python -m tests.tiny_whisper`: the child of the local recogniser with a model of no weights.

It hears how long a file is; a model folder named "broken" does not load, and a file of under a
second kills it.
"""

import os
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.integrations.whisper import Spoken, serve


@dataclass
class Sentence:
    start: float
    end: float
    text: str


class TinyWhisper:
    """As much of a speech model as the child uses (`app.integrations.whisper.SpeechModel`)."""

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterable[Spoken], Any]:
        assert options["condition_on_previous_text"] is False
        with wave.open(audio) as file:
            duration_s = file.getnframes() / file.getframerate()
        if duration_s < 1:
            os.abort()
        print("a library that prints")
        half = duration_s / 2
        said = [Sentence(0.0, half, " Une pièce. "), Sentence(half, duration_s, f" {os.getpid()} ")]
        return iter(said), SimpleNamespace(language="fr", duration=duration_s)


if __name__ == "__main__":
    if Path(os.environ["STT_LOCAL_MODEL"]).name == "broken":
        raise SystemExit("this folder holds no model")
    serve(TinyWhisper())
