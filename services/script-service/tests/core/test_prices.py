from decimal import Decimal

from app.core.prices import Tokens, cost_usd


def test_each_kind_of_token_has_its_own_price() -> None:
    tokens = Tokens(input=1_000_000, cached=300_000, cache_written=100_000, output=100_000)
    fresh, cached, written, output = 1.2, 0.06, 0.25, 1.0  # at 2.00, 0.20, 2.50 and 10.00
    assert cost_usd("gpt-6-sol", tokens) == Decimal(str(fresh + cached + written + output))


def test_a_dated_snapshot_costs_as_its_model() -> None:
    tokens = Tokens(input=1000, cached=0, cache_written=0, output=100)
    assert cost_usd("gpt-6-luna-2026-09-22", tokens) == cost_usd("gpt-6-luna", tokens)


def test_a_model_without_a_price_has_no_cost() -> None:
    assert cost_usd("llama-4", Tokens(1000, 0, 0, 1000)) is None
