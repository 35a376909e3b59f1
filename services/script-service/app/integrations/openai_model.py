"""Asking a model of OpenAI, or of a compatible server, for an answer of a given form."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

import structlog
from openai import AsyncOpenAI, omit
from openai.types.chat import (
    ChatCompletionContentPartImageParam,
    ChatCompletionContentPartTextParam,
    ChatCompletionMessageParam,
)
from openai.types.responses import (
    EasyInputMessageParam,
    ResponseInputImageParam,
    ResponseInputParam,
    ResponseInputTextParam,
)
from openai.types.shared import ReasoningEffort
from pydantic import BaseModel

from app.core.prices import Tokens, cost_usd
from common.openai import lacks_endpoint, openai_failures
from common.providers import Patience, ProviderError, ProviderFault
from contracts.script import ScriptUsage

logger = structlog.get_logger(__name__)

Form = TypeVar("Form", bound=BaseModel)

#: Bounds what one call may cost, its thinking included.
_MOST_OUTPUT_TOKENS = 16_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation; `image` is a JPEG to look at."""

    role: Literal["user", "assistant"]
    text: str
    image: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply(Generic[Form]):
    """What the model answered, read and as it came."""

    read: Form
    text: str


class Meter:
    """Counts what is asked and used for one script, whether it comes to something or not."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._requests = 0
        self._tokens: list[Tokens] = []

    def asked(self) -> None:
        """A request goes out."""
        self._requests += 1

    def used(self, tokens: Tokens) -> None:
        """The provider counted an answer."""
        self._tokens.append(tokens)

    @property
    def usage(self) -> ScriptUsage | None:
        """The sum so far; None when nothing was asked."""
        if not self._requests:
            return None
        costs = [cost_usd(self._model, tokens) for tokens in self._tokens]
        known = [cost for cost in costs if cost is not None]
        return ScriptUsage(
            requests=self._requests,
            input_tokens=sum(tokens.input for tokens in self._tokens),
            cached_input_tokens=sum(tokens.cached for tokens in self._tokens),
            output_tokens=sum(tokens.output for tokens in self._tokens),
            cost_usd=sum(known, Decimal(0)) if len(known) == len(costs) else None,
        )


class OpenAIModel:
    """A model behind the Responses API, or behind Chat Completions where a server has only that."""

    def __init__(
        self, client: AsyncOpenAI, name: str, *, reasoning_effort: ReasoningEffort | None = None
    ) -> None:
        self._client = client
        self.name = name
        self._effort = reasoning_effort
        self._has_responses = True

    async def ask(
        self,
        instructions: str,
        turns: Sequence[Turn],
        form: type[Form],
        *,
        patience: Patience,
        meter: Meter,
    ) -> Reply[Form]:
        """The model's answer in that form. Raises ProviderError."""
        return await patience.run(lambda: self._ask(instructions, turns, form, meter))

    async def _ask(
        self, instructions: str, turns: Sequence[Turn], form: type[Form], meter: Meter
    ) -> Reply[Form]:
        if self._has_responses:
            try:
                return await self._respond(instructions, turns, form, meter)
            except ProviderError as error:
                if not lacks_endpoint(error):
                    raise
                logger.info("openai_without_responses_api", reason=error.detail)
                self._has_responses = False
        return await self._complete(instructions, turns, form, meter)

    async def _respond(
        self, instructions: str, turns: Sequence[Turn], form: type[Form], meter: Meter
    ) -> Reply[Form]:
        meter.asked()
        with openai_failures(self._client):
            raw = await self._client.responses.with_raw_response.parse(
                model=self.name,
                instructions=instructions,
                input=_as_input(turns),
                text_format=form,
                reasoning={"effort": self._effort} if self._effort else omit,
                max_output_tokens=_MOST_OUTPUT_TOKENS,
                store=False,
            )
            meter.used(_response_tokens(raw.http_response.json()))
            response = raw.parse()
            parts = [p for item in response.output if item.type == "message" for p in item.content]
            refusals = [part.refusal for part in parts if part.type == "refusal"]
            text = response.output_text
            read = response.output_parsed
        return _reply(read, text, refusals)

    async def _complete(
        self, instructions: str, turns: Sequence[Turn], form: type[Form], meter: Meter
    ) -> Reply[Form]:
        meter.asked()
        with openai_failures(self._client):
            raw = await self._client.chat.completions.with_raw_response.parse(
                model=self.name,
                messages=_as_messages(instructions, turns),
                response_format=form,
                reasoning_effort=self._effort or omit,
            )
            meter.used(_completion_tokens(raw.http_response.json()))
            message = raw.parse().choices[0].message
        refusals = [message.refusal] if message.refusal else []
        return _reply(message.parsed, message.content or "", refusals)


def _reply(read: Form | None, text: str, refusals: Sequence[str]) -> Reply[Form]:
    if refusals:
        raise ProviderError(ProviderFault.REFUSED, f"OpenAI declined: “{refusals[0][:200]}”")
    if read is None:
        raise ProviderError(ProviderFault.BAD_ANSWER, "OpenAI's answer is empty")
    return Reply(read, text)


def _as_input(turns: Sequence[Turn]) -> ResponseInputParam:
    return [_as_message(turn) for turn in turns]


def _as_message(turn: Turn) -> EasyInputMessageParam:
    if turn.image is None:
        return {"role": turn.role, "content": turn.text}
    text: ResponseInputTextParam = {"type": "input_text", "text": turn.text}
    image: ResponseInputImageParam = {
        "type": "input_image",
        "image_url": _data_url(turn.image),
        "detail": "low",
    }
    return {"role": "user", "content": [text, image]}


def _as_messages(instructions: str, turns: Sequence[Turn]) -> list[ChatCompletionMessageParam]:
    told: list[ChatCompletionMessageParam] = [{"role": "system", "content": instructions}]
    for turn in turns:
        if turn.role == "assistant":
            told.append({"role": "assistant", "content": turn.text})
            continue
        if turn.image is None:
            told.append({"role": "user", "content": turn.text})
            continue
        text: ChatCompletionContentPartTextParam = {"type": "text", "text": turn.text}
        image: ChatCompletionContentPartImageParam = {
            "type": "image_url",
            "image_url": {"url": _data_url(turn.image), "detail": "low"},
        }
        told.append({"role": "user", "content": [text, image]})
    return told


def _data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def _response_tokens(answer: Mapping[str, Any]) -> Tokens:
    usage = answer.get("usage") or {}
    details = usage.get("input_tokens_details") or {}
    return Tokens(
        input=usage.get("input_tokens", 0),
        cached=details.get("cached_tokens", 0),
        cache_written=details.get("cache_write_tokens", 0),
        output=usage.get("output_tokens", 0),
    )


def _completion_tokens(answer: Mapping[str, Any]) -> Tokens:
    usage = answer.get("usage") or {}
    details = usage.get("prompt_tokens_details") or {}
    return Tokens(
        input=usage.get("prompt_tokens", 0),
        cached=details.get("cached_tokens") or 0,
        cache_written=details.get("cache_write_tokens") or 0,
        output=usage.get("completion_tokens", 0),
    )
