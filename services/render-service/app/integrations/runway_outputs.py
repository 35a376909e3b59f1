"""Copying finished clips from where the provider keeps them."""

import asyncio
from pathlib import Path

import httpx

from app.services.provider import OutputUnavailable

_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
_WHOLE_S = 300.0

#: Far above a ten-second clip, which takes some megabytes.
_MOST_BYTES = 512 * 1024 * 1024


class Outputs:
    """Downloads over https, or from the provider's own address; redirects included.

    The addresses are signed and open without the key, which is never sent along.
    """

    def __init__(self, provider: httpx.URL) -> None:
        self._provider = provider
        self._client = httpx.AsyncClient(
            timeout=_TIMEOUT, follow_redirects=True, event_hooks={"request": [self._check]}
        )

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def fetch(self, url: str, target: Path) -> None:
        """Copies a clip to a local file. Raises OutputUnavailable."""
        try:
            async with asyncio.timeout(_WHOLE_S), self._client.stream("GET", url) as response:
                if not response.is_success:
                    raise OutputUnavailable(
                        f"its address answers {response.status_code}", passing=True
                    )
                await self._save(response, target)
        except TimeoutError as error:
            raise OutputUnavailable("it takes too long", passing=True) from error
        except httpx.InvalidURL as error:
            raise OutputUnavailable("its address is none", passing=False) from error
        except httpx.HTTPError as error:
            raise OutputUnavailable(
                f"the download broke off ({type(error).__name__})", passing=True
            ) from error

    async def _check(self, request: httpx.Request) -> None:
        url, own = request.url, self._provider
        if url.scheme != "https" and (url.scheme, url.host) != (own.scheme, own.host):
            raise OutputUnavailable(
                f"its address is neither https nor {own.scheme}://{own.host}", passing=False
            )

    async def _save(self, response: httpx.Response, target: Path) -> None:
        received = 0
        with target.open("wb") as file:
            async for piece in response.aiter_bytes():
                received += len(piece)
                if received > _MOST_BYTES:
                    raise OutputUnavailable(f"more than {_MOST_BYTES:,} bytes", passing=False)
                await asyncio.to_thread(file.write, piece)
