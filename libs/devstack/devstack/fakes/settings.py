"""What services are told so that they buy everything from the fakes (FAKE_PROVIDERS)."""

from collections.abc import Mapping
from types import MappingProxyType

#: Where the fake OpenAI answers, before PORT_OFFSET; the fake Runway answers at the next port.
FIRST_PORT = 9901

#: Everything that can be bought is, unless the environment says otherwise.
LIVE: Mapping[str, str] = MappingProxyType(
    {
        "NLP_PROVIDER": "openai",
        "NLP_VISION": "true",
        "STT_PROVIDER": "openai",
        "VOICE_PROVIDER": "openai",
        "RUNWAY_MODE": "live",
    }
)


def fakes_at(port: int) -> dict[str, str]:
    """Addresses and keys, whatever the environment says: a real key goes to no fake, and nothing
    is bought from the real provider.
    """
    return {
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "OPENAI_API_KEY": "key-of-a-fake",
        "RUNWAYML_BASE_URL": f"http://127.0.0.1:{port + 1}",
        "RUNWAY_API_KEY": "key-of-a-fake",
    }
