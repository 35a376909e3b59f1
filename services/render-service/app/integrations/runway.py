"""Runway through its official SDK (`services.provider.ClipProvider`).

The one paid call has a client of its own, with `max_retries=0`: by default the SDK makes it three
times when an answer is lost, and each may be billed. That client opens a connection for each call,
so that none is lost to a connection that had idled too long. Everything else is free, and the SDK
repeats it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError
from runwayml import (
    APIConnectionError,
    APIError,
    APIStatusError,
    AsyncRunwayML,
    DefaultAsyncHttpxClient,
    NotFoundError,
)

from app.core.clips import ClipOrder
from app.core.failures import UNREACHABLE
from app.integrations.runway_answers import (
    AccountAnswer,
    CreatedAnswer,
    TaskAnswer,
    refusal_of,
    retry_after_s,
    was_never_sent,
    words_of,
)
from app.integrations.runway_outputs import Outputs
from app.services.provider import (
    Accepted,
    Account,
    OutcomeUnknown,
    ProviderAway,
    ProviderRefused,
    Task,
    TaskMissing,
)

_TIMEOUT = httpx.Timeout(30.0, connect=5.0)

Answer = TypeVar("Answer", bound=BaseModel)
Answered = TypeVar("Answered")


class Runway:
    """A project at Runway, by its key. `base_url` is https, or http on this machine."""

    def __init__(self, *, api_key: str, base_url: str, create_timeout_s: float) -> None:
        self._api_key = api_key
        self._create_timeout_s = create_timeout_s
        self._client = AsyncRunwayML(
            api_key=api_key,
            base_url=base_url,
            timeout=_TIMEOUT,
            http_client=DefaultAsyncHttpxClient(follow_redirects=False),
        )
        self._paying = AsyncRunwayML(
            api_key=api_key,
            base_url=base_url,
            timeout=httpx.Timeout(create_timeout_s, connect=min(5.0, create_timeout_s)),
            max_retries=0,
            http_client=DefaultAsyncHttpxClient(
                follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0)
            ),
        )
        self._outputs = Outputs(httpx.URL(base_url))

    async def close(self) -> None:
        """Closes the connections."""
        await self._outputs.close()
        await self._client.close()
        await self._paying.close()

    async def upload(self, picture: Path) -> str:
        """Hands a JPEG over for a day; its `runway://` address."""
        content = await asyncio.to_thread(picture.read_bytes)

        async def upload() -> str:
            file = ("picture.jpg", content, "image/jpeg")
            try:
                return (await self._client.uploads.create_ephemeral(file=file)).uri
            except (AttributeError, TypeError, ValueError) as error:  # the SDK trips over nonsense
                raise ProviderAway("the answer cannot be read") from error

        return await self._free(upload)

    async def create(self, order: ClipOrder, picture: str) -> Accepted:
        """The paid call. Whatever leaves its outcome in doubt raises OutcomeUnknown."""
        create: Callable[..., Awaitable[Any]]
        create = self._paying.image_to_video.with_raw_response.create
        try:
            async with asyncio.timeout(self._create_timeout_s):
                raw = await create(
                    model=order.model,
                    prompt_image=picture,
                    prompt_text=order.prompt,
                    ratio=order.ratio,
                    duration=order.duration_s,
                )
                answer = CreatedAnswer.model_validate_json(raw.http_response.content)
        except TimeoutError as error:
            raise OutcomeUnknown(f"no answer within {self._create_timeout_s:g} s") from error
        except APIConnectionError as error:
            cause = type(error.__cause__).__name__
            if was_never_sent(error):
                raise ProviderRefused(UNREACHABLE, cause) from error
            raise OutcomeUnknown(f"the connection broke ({cause})") from error
        except APIStatusError as error:
            raise self._refused(error) or OutcomeUnknown(self._words(error)) from error
        except (APIError, ValidationError) as error:
            raise OutcomeUnknown("the answer cannot be read") from error
        return Accepted(answer.id, answer.estimated_cost.credits)

    async def task(self, task_id: str) -> Task:
        """How a task stands."""
        retrieve = self._client.tasks.with_raw_response.retrieve
        try:
            return (await self._read(lambda: retrieve(task_id), TaskAnswer)).task()
        except ProviderRefused as refusal:
            if isinstance(refusal.__cause__, NotFoundError):
                raise TaskMissing(task_id) from refusal
            raise

    async def download(self, url: str, target: Path) -> None:
        """Copies a finished clip to a local file."""
        await self._outputs.fetch(url, target)

    async def cancel(self, task_id: str) -> None:
        """Calls a task off; one that is gone is no error."""
        try:
            await self._free(lambda: self._client.tasks.delete(task_id))
        except ProviderRefused as refusal:
            if not isinstance(refusal.__cause__, NotFoundError):
                raise

    async def account(self, model: str) -> Account:
        """Credits, and how many tasks of the model may run at once."""
        retrieve = self._client.organization.with_raw_response.retrieve
        return (await self._read(retrieve, AccountAnswer)).account(model)

    async def _read(self, ask: Callable[[], Awaitable[Any]], model: type[Answer]) -> Answer:
        raw = await self._free(ask)
        try:
            return model.model_validate_json(raw.http_response.content)
        except ValidationError as error:
            raise ProviderAway("the answer cannot be read") from error

    async def _free(self, ask: Callable[[], Awaitable[Answered]]) -> Answered:
        """A call that costs nothing, and what its failures mean."""
        try:
            return await ask()
        except APIStatusError as error:
            refused = self._refused(error)
            raise refused or ProviderAway(self._words(error)) from error
        except (APIError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderAway(f"no answer ({type(error).__name__})") from error

    def _refused(self, error: APIStatusError) -> ProviderRefused | None:
        failure = refusal_of(error)
        if failure is None:
            return None
        return ProviderRefused(failure, self._words(error), retry_after_s=retry_after_s(error))

    def _words(self, error: APIStatusError) -> str:
        """What the provider said, without the key, should it repeat that."""
        return words_of(error).replace(self._api_key, "***")
