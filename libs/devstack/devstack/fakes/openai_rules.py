"""What OpenAI checks of a request, and how it refuses one."""

import array
import io
import math
import wave
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

MOST_UPLOAD_BYTES = 25 * 1024 * 1024
MOST_SPOKEN_CHARS = 4096

_PCM_RATE, _TONE_HZ, _TONE_LEVEL = 24_000, 220, 8_000


class Refused(Exception):  # noqa: N818 - says what happened
    """The provider refuses a request, in its own shape."""

    def __init__(self, status: int, code: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        kind = "insufficient_quota" if code == "insufficient_quota" else "invalid_request_error"
        self.status = status
        self.body = {"message": message, "type": kind, "param": param, "code": code}


def error_body(code: str, message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    """The body of an error answer, for faults."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def checked(request: Request, asked: Any) -> dict[str, Any]:
    """What is asked; refused without a key or a model."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not key:
        raise Refused(401, "invalid_api_key", "You didn't provide an API key.")
    if not isinstance(asked, dict) or not isinstance(asked.get("model"), str):
        raise Refused(400, "missing_required_parameter", "you must provide a model", "model")
    return asked


def messages(asked: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The messages of the request; a text alone is the user's."""
    given = asked.get(name)
    if not given:
        raise Refused(400, "missing_required_parameter", f"{name} is required", name)
    return [{"role": "user", "content": given}] if isinstance(given, str) else given


def check_schema(format_: Mapping[str, Any]) -> None:
    """Structured outputs take only strict schemas, and those say what each object holds."""
    if not format_:
        return
    if not format_.get("strict") or not format_.get("name"):
        raise Refused(400, "invalid_schema", "a strict json_schema with a name is needed")

    def check(node: Any) -> None:
        if isinstance(node, dict):
            properties = node.get("properties")
            if isinstance(properties, dict) and (
                node.get("additionalProperties") is not False
                or set(node.get("required", ())) != set(properties)
            ):
                raise Refused(400, "invalid_json_schema", "objects must be closed and complete")
            for child in node.values():
                check(child)
        elif isinstance(node, list):
            for child in node:
                check(child)

    check(format_.get("schema"))


def duration_s_of(content: bytes) -> float:
    """How long a WAV file is; refused when it is none, or too large."""
    if len(content) > MOST_UPLOAD_BYTES:
        raise Refused(413, "request_too_large", "Maximum content size limit (26214400) exceeded")
    try:
        with wave.open(io.BytesIO(content)) as audio:
            return float(audio.getnframes() / audio.getframerate())
    except (wave.Error, EOFError) as error:
        raise Refused(400, "invalid_value", "Invalid file format.", "file") from error


def tone(seconds: float) -> bytes:
    """A tone as the speech endpoint's `pcm`: 24 kHz, 16 bits, one channel."""
    step = 2 * math.pi * _TONE_HZ / _PCM_RATE
    samples = (round(_TONE_LEVEL * math.sin(step * at)) for at in range(int(seconds * _PCM_RATE)))
    return array.array("h", samples).tobytes()
