"""Settings of providers outside the platform that more than one service reads."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

from common.config import ServiceSettings


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise ValueError("an https:// address is needed")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError("plain http is allowed to this machine only: use https")
    if parts.username or parts.password:
        raise ValueError("no user or password may stand in the address")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


#: The address of a provider: https, or http on this machine, since a key travels with every call.
ProviderUrl = Annotated[str, AfterValidator(_secure)]


class OpenAISettings(ServiceSettings):
    """How services reach OpenAI, or a server that speaks as it does."""

    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: ProviderUrl = "https://api.openai.com/v1"

    @property
    def has_openai_key(self) -> bool:
        """Whether there is a key."""
        return bool(self.openai_api_key.get_secret_value().strip())
