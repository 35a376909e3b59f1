"""A fake OpenAI: the Responses, Chat Completions, Transcriptions and Speech endpoints.

`python -m devstack.fakes.openai --port 9901`, then OPENAI_BASE_URL=http://127.0.0.1:9901/v1 and
any key. It checks requests as the provider does (key, model, strict schema, audio format and
size) and answers in the provider's shapes, token use included.

It has no model: scripts are the plain drafts that it finds in the prompt, photos are "other", every
recording says the same sentence, and its voice is a tone as long as the words would take. A fault's
`say` replaces that: a JSON value or a text for the answer, `{"refusal": "…"}` for a refusal,
`{"incomplete": "max_output_tokens"}` for one that broke off, `{"lacks": true}` for a server without
the endpoint.
"""

import json
import re
import time
from collections.abc import Mapping
from itertools import count
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from devstack.fakes.faults import FakeProvider
from devstack.fakes.openai_rules import (
    MOST_SPOKEN_CHARS,
    Refused,
    check_schema,
    checked,
    duration_s_of,
    messages,
    tone,
)
from devstack.fakes.serving import serve_from_command_line

HEARD = "Voici la visite, pièce après pièce."

_DATA = re.compile(r"<data-(?P<mark>\w+)>\s*(?P<json>.*?)\s*</data-(?P=mark)>", re.DOTALL)
_SPEAKS_IN_SEGMENTS = re.compile("whisper")
#: About how many characters make a token.
_TOKEN_CHARS = 4
_IMAGE_TOKENS = 85
_SPOKEN_CHARS_A_SECOND = 15


class FakeOpenAI(FakeProvider):
    """The provider; ids count up, so that two runs are alike."""

    def __init__(self) -> None:
        routes = [
            Route("/v1/responses", self._respond, methods=["POST"]),
            Route("/v1/chat/completions", self._complete, methods=["POST"]),
            Route("/v1/audio/transcriptions", self._transcribe, methods=["POST"]),
            Route("/v1/audio/speech", self._speak, methods=["POST"]),
        ]
        super().__init__(Starlette(routes=routes, exception_handlers={Refused: _refusal}))
        self._ids = count(1)

    async def _respond(self, request: Request) -> Response:
        """POST /v1/responses."""
        asked = checked(request, await request.json())
        if request.state.say == {"lacks": True}:
            return PlainTextResponse("Not Found", 404)
        told = messages(asked, "input")
        if asked.get("instructions"):
            told = [{"role": "developer", "content": asked["instructions"]}, *told]
        format_ = asked.get("text", {}).get("format", {})
        check_schema(format_)
        say = request.state.say
        answer = _answer(say, format_.get("name"), _texts(told))
        content = _refused_part(say) or {"type": "output_text", "text": answer, "annotations": []}
        broken_off = say.get("incomplete") if isinstance(say, Mapping) else None
        return JSONResponse(
            {
                "id": f"resp_{next(self._ids)}",
                "object": "response",
                "created_at": int(time.time()),
                "status": "incomplete" if broken_off else "completed",
                "incomplete_details": {"reason": broken_off} if broken_off else None,
                "error": None,
                "model": asked["model"],
                "output": [
                    {
                        "id": f"msg_{next(self._ids)}",
                        "type": "message",
                        "status": "completed",
                        "role": "assistant",
                        "content": [content],
                    }
                ],
                "parallel_tool_calls": True,
                "tool_choice": "auto",
                "tools": [],
                "usage": _response_usage(told, answer),
            }
        )

    async def _complete(self, request: Request) -> Response:
        """POST /v1/chat/completions."""
        asked = checked(request, await request.json())
        if request.state.say == {"lacks": True}:
            return PlainTextResponse("Not Found", 404)
        told = messages(asked, "messages")
        format_ = asked.get("response_format", {}).get("json_schema", {})
        check_schema(format_)
        say = request.state.say
        answer = _answer(say, format_.get("name"), _texts(told))
        refusal = _refused_part(say)
        broken_off = isinstance(say, Mapping) and "incomplete" in say
        usage = _response_usage(told, answer)
        return JSONResponse(
            {
                "id": f"chatcmpl_{next(self._ids)}",
                "object": "chat.completion",
                "created": int(time.time()),
                "model": asked["model"],
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "length" if broken_off else "stop",
                        "logprobs": None,
                        "message": {
                            "role": "assistant",
                            "content": None if refusal else answer,
                            "refusal": refusal and refusal["refusal"],
                        },
                    }
                ],
                "usage": {
                    "prompt_tokens": usage["input_tokens"],
                    "completion_tokens": usage["output_tokens"],
                    "total_tokens": usage["total_tokens"],
                    "prompt_tokens_details": {"cached_tokens": 0},
                },
            }
        )

    async def _transcribe(self, request: Request) -> Response:
        """POST /v1/audio/transcriptions."""
        async with request.form() as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            upload = form.get("file")
            content = await upload.read() if isinstance(upload, UploadFile) else None
        asked = checked(request, fields)
        if content is None:
            raise Refused(400, "missing_required_parameter", "file is required", "file")
        duration_s = duration_s_of(content)
        text = request.state.say if isinstance(request.state.say, str) else HEARD
        usage = {"type": "duration", "seconds": duration_s}
        in_segments = _SPEAKS_IN_SEGMENTS.search(asked["model"]) is not None
        if asked.get("response_format", "json") == "json":
            heard: dict[str, Any] = {"text": text, "usage": usage}
            if not in_segments:
                heard["languages"] = [{"code": "fr"}] if text else []
            return JSONResponse(heard)
        if not in_segments:
            raise Refused(
                400,
                "unsupported_value",
                f"response_format is not supported with {asked['model']}",
                "response_format",
            )
        return JSONResponse(_verbose(text, duration_s, usage))

    async def _speak(self, request: Request) -> Response:
        """POST /v1/audio/speech, as `pcm` only."""
        asked = checked(request, await request.json())
        for name in ("input", "voice"):
            if not isinstance(asked.get(name), str) or not asked[name]:
                raise Refused(400, "missing_required_parameter", f"{name} is required", name)
        if len(asked["input"]) > MOST_SPOKEN_CHARS:
            raise Refused(400, "string_above_max_length", "input is too long", "input")
        if asked.get("response_format") != "pcm":
            raise Refused(400, "unsupported_value", "this fake makes pcm", "response_format")
        return Response(tone(len(asked["input"]) / _SPOKEN_CHARS_A_SECOND), media_type="audio/pcm")


def _texts(told: list[dict[str, Any]]) -> str:
    """Every text of the messages, one after the other."""
    parts: list[str] = []
    for message in told:
        content = message["content"]
        if isinstance(content, str):
            parts.append(content)
        else:
            parts += [part["text"] for part in content if "text" in part]
    return "\n".join(parts)


def _answer(say: Any, name: str | None, prompt: str) -> str:
    if isinstance(say, str):
        return say
    if say is not None and not (isinstance(say, Mapping) and {"refusal", "incomplete"} & set(say)):
        return json.dumps(say, ensure_ascii=False)
    answer = json.dumps(_composed(name, prompt), ensure_ascii=False)
    return (
        answer[: len(answer) // 2] if isinstance(say, Mapping) and "incomplete" in say else answer
    )


def _composed(name: str | None, prompt: str) -> dict[str, Any]:
    """What the fake answers by itself, by the schema's name."""
    if name == "PhotoSight":
        return {"room": "other", "quality": "good", "best_motion": "push_in"}
    found = _DATA.search(prompt)
    scenes = json.loads(found["json"])["scenes"] if found else []
    return {
        "scenes": [{"index": scene["index"], "narration": scene["plain_draft"]} for scene in scenes]
    }


def _refused_part(say: Any) -> dict[str, Any] | None:
    refusal = say.get("refusal") if isinstance(say, Mapping) else None
    return {"type": "refusal", "refusal": refusal} if refusal else None


def _response_usage(told: list[dict[str, Any]], answer: str) -> dict[str, Any]:
    images = json.dumps(told).count('"input_image"') + json.dumps(told).count('"image_url"')
    tokens_in = len(_texts(told)) // _TOKEN_CHARS + images * _IMAGE_TOKENS
    tokens_out = len(answer) // _TOKEN_CHARS
    return {
        "input_tokens": tokens_in,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": tokens_out,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": tokens_in + tokens_out,
    }


def _verbose(text: str, duration_s: float, usage: Mapping[str, Any]) -> dict[str, Any]:
    """`verbose_json`: one segment per sentence, of equal length."""
    sentences = re.findall(r"[^.!?]+[.!?]?", text)
    length = duration_s / max(1, len(sentences))
    segments = [
        {
            "id": at,
            "seek": 0,
            "start": round(at * length, 2),
            "end": round((at + 1) * length, 2),
            "text": sentence,
            "tokens": [],
            "temperature": 0.0,
            "avg_logprob": -0.2,
            "compression_ratio": 1.2,
            "no_speech_prob": 0.01,
        }
        for at, sentence in enumerate(sentences)
    ]
    return {
        "task": "transcribe",
        "language": "french",
        "duration": duration_s,
        "text": text,
        "segments": segments,
        "usage": usage,
    }


async def _refusal(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return JSONResponse({"error": error.body}, error.status)


if __name__ == "__main__":
    serve_from_command_line(FakeOpenAI(), "A fake OpenAI, for trying and testing.")
