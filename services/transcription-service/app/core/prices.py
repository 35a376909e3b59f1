"""What a provider's listening costs: data, each price with its date and source.

OpenAI's list prices: https://developers.openai.com/api/docs/pricing and the models' own pages,
read on 2026-11-25. A model that is not listed is used all the same; its cost is not known.
"""

import re
from decimal import Decimal
from types import MappingProxyType

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MICRO = Decimal("0.000001")

#: US dollars per minute of audio.
PER_MINUTE_USD = MappingProxyType(
    {
        "gpt-transcribe": Decimal("0.0045"),
        "gpt-4o-transcribe": Decimal("0.006"),
        "gpt-4o-mini-transcribe": Decimal("0.003"),
        "whisper-1": Decimal("0.006"),
    }
)


def cost_usd(model: str, seconds: float) -> Decimal | None:
    """About what it costs to listen for so long, to a millionth; None without a price."""
    price = PER_MINUTE_USD.get(_SNAPSHOT.sub("", model))
    return None if price is None else (price * Decimal(str(seconds)) / 60).quantize(_MICRO)
