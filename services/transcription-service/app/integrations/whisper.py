"""`python -m app.integrations.whisper`: speech recognition on this machine, by faster-whisper.

Runs as a child of the worker (`common.children`) and keeps its model, which takes seconds to load.
A request is the path of a WAV file; the answer `{"language", "seconds", "segments": [[start, end,
text], …]}` as JSON. The model is the folder named by STT_LOCAL_MODEL.
"""

import json
import os
from collections.abc import Iterable
from typing import Any, Protocol

from common.confined import Say, answer_requests, confine

#: The largest Whisper with its working memory; a model gone wild meets it.
_MEMORY_BYTES = 24 << 30


class Spoken(Protocol):
    """One sentence or so; times in seconds."""

    start: float
    end: float
    text: str


class SpeechModel(Protocol):
    """As much of `faster_whisper.WhisperModel` as is used."""

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterable[Spoken], Any]:
        """The sentences of a file, and what is known of it (`language`, `duration`)."""
        ...


def load_model(folder: str, *, threads: int) -> SpeechModel:
    """The model in a folder, its weights as 8-bit integers; nothing is fetched from anywhere."""
    from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra that few installations have

    model: SpeechModel = WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )
    return model


def serve(model: SpeechModel) -> None:
    """Answers requests with a model until there are no more."""

    def answer(path: str, say: Say) -> None:
        # Each piece stands alone: what Whisper is told of the one before, it tends to repeat.
        spoken, known = model.transcribe(
            path, beam_size=5, vad_filter=True, condition_on_previous_text=False
        )
        segments = [[one.start, one.end, one.text.strip()] for one in spoken]
        found = {"language": known.language, "seconds": known.duration, "segments": segments}
        say(json.dumps(found))

    answer_requests(answer)


def main() -> None:
    """Loads the model and answers requests."""
    confine(memory_bytes=_MEMORY_BYTES)
    serve(load_model(os.environ["STT_LOCAL_MODEL"], threads=int(os.environ["STT_LOCAL_THREADS"])))


if __name__ == "__main__":
    main()
