"""The OpenAI SDK as the platform uses it: one client, and its failures in our terms.

Only services that were told to use OpenAI import this module: the SDK costs over a second.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import openai
from openai import AsyncOpenAI
from pydantic import SecretStr

from common.providers import ProviderError, ProviderFault, retry_after_s

#: `error.code` of a 429 that no waiting cures (developers.openai.com, error codes, 2026-11).
_BILLING_CODES = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
    }
)
_FAULTS_BY_STATUS = {
    401: ProviderFault.KEY_REFUSED,
    402: ProviderFault.OUT_OF_CREDITS,
    403: ProviderFault.KEY_REFUSED,
    404: ProviderFault.MISCONFIGURED,
    405: ProviderFault.MISCONFIGURED,
    408: ProviderFault.UNAVAILABLE,
    409: ProviderFault.UNAVAILABLE,
    429: ProviderFault.RATE_LIMITED,
}
#: The SDK does not check what it is sent: an answer of another shape fails where it is used.
_UNREADABLE = (ValueError, AttributeError, TypeError, KeyError, IndexError)
#: `error.code` of a 404 that is about the model, not about the endpoint.
_NO_SUCH_MODEL = "model_not_found"
_MOST_SAID_CHARS = 200
_ATTEMPT_TIMEOUT_S = 120.0


def openai_client(api_key: SecretStr, base_url: str) -> AsyncOpenAI:
    """A client that tries nothing again by itself, and follows no redirect with the key.

    Trying again is `common.providers.Patience`'s: the SDK would also repeat what cannot help.
    """
    return AsyncOpenAI(
        api_key=api_key.get_secret_value(),
        base_url=base_url,
        max_retries=0,
        timeout=_ATTEMPT_TIMEOUT_S,
        http_client=openai.DefaultAsyncHttpx2Client(follow_redirects=False),
    )


@contextmanager
def openai_failures(client: AsyncOpenAI) -> Iterator[None]:
    """Turns what the SDK raises within the block into ProviderError, without the client's key."""
    try:
        yield
    except openai.APITimeoutError as error:
        raise ProviderError(ProviderFault.TIMED_OUT, "OpenAI did not answer in time") from error
    except openai.APIConnectionError as error:
        raise ProviderError(ProviderFault.UNAVAILABLE, "OpenAI cannot be reached") from error
    except openai.APIStatusError as error:
        raise _judged(error, client.api_key) from error
    except openai.ContentFilterFinishReasonError as error:
        raise ProviderError(ProviderFault.REFUSED, "OpenAI filtered its own answer") from error
    except (openai.OpenAIError, *_UNREADABLE) as error:
        raise ProviderError(
            ProviderFault.BAD_ANSWER, f"OpenAI's answer cannot be read ({type(error).__name__})"
        ) from error


def lacks_endpoint(error: ProviderError) -> bool:
    """Whether the server has no such endpoint at all, as many compatible ones lack some."""
    cause = error.__cause__
    return (
        isinstance(cause, openai.APIStatusError)
        and cause.status_code in {404, 405, 501}
        and cause.code != _NO_SUCH_MODEL
    )


def _judged(error: openai.APIStatusError, key: str) -> ProviderError:
    status = error.status_code
    fault = _FAULTS_BY_STATUS.get(status, ProviderFault.REFUSED)
    if status >= 500:
        fault = ProviderFault.UNAVAILABLE
    elif status < 400:
        fault = ProviderFault.MISCONFIGURED
    elif status == 429 and {error.code, error.type} & _BILLING_CODES:
        fault = ProviderFault.OUT_OF_CREDITS
    return ProviderError(
        fault,
        f"OpenAI answered {status}{_said(error)}".replace(key, "***"),
        retry_after_s=retry_after_s(error.response.headers),
    )


def _said(error: openai.APIStatusError) -> str:
    """What the provider said; nothing when it speaks of the key, of which it repeats a part."""
    if error.status_code in {401, 403} or not isinstance(error.body, dict):
        return ""
    code = f" {error.code}" if error.code else ""
    message = " ".join(str(error.body.get("message", "")).split())[:_MOST_SAID_CHARS]
    return f"{code} ({message})" if message else code
