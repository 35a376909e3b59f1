"""What a provider's tokens cost: data, each price with its date and source.

Prices are OpenAI's list prices for standard requests of up to 272,000 input tokens, which no
script comes near: https://developers.openai.com/api/docs/pricing, read on 2026-11-25. A model
that is not listed is used all the same; its scripts then have no cost.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

_PER = Decimal(1_000_000)
_MICRO = Decimal("0.000001")
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """US dollars per million tokens."""

    fresh_input: Decimal
    cached_input: Decimal
    cache_write: Decimal
    output: Decimal


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one call used; `cached` and `cache_written` are parts of `input`."""

    input: int
    cached: int
    cache_written: int
    output: int


def _price(fresh_input: str, cached_input: str, cache_write: str, output: str) -> TokenPrice:
    return TokenPrice(
        Decimal(fresh_input), Decimal(cached_input), Decimal(cache_write), Decimal(output)
    )


PRICES = MappingProxyType(
    {
        "gpt-6-astra": _price("10.00", "1.00", "12.50", "50.00"),
        "gpt-6.1-sol": _price("2.00", "0.10", "2.50", "10.00"),
        "gpt-6-sol": _price("2.00", "0.20", "2.50", "10.00"),
        "gpt-6.1-terra": _price("1.00", "0.05", "1.25", "5.00"),
        "gpt-6-luna": _price("0.10", "0.01", "0.125", "0.50"),
        "gpt-5.6-terra": _price("2.00", "0.20", "2.50", "12.00"),
        "gpt-5.6-luna": _price("0.20", "0.02", "0.25", "1.20"),
    }
)


def cost_usd(model: str, tokens: Tokens) -> Decimal | None:
    """What a call cost, to a millionth; None for a model without a price.

    A dated snapshot costs as its model.
    """
    price = PRICES.get(_SNAPSHOT.sub("", model))
    if price is None:
        return None
    fresh = tokens.input - tokens.cached - tokens.cache_written
    cost = (
        fresh * price.fresh_input
        + tokens.cached * price.cached_input
        + tokens.cache_written * price.cache_write
        + tokens.output * price.output
    )
    return (cost / _PER).quantize(_MICRO)
