"""SPEC §3–§4: how the values of resources are shown, and what is no value of theirs."""

import json
from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.poi import Facts, Poi, Price
from contracts.render import Render
from contracts.transcription import Transcription
from tests.samples import POI, RENDER, TRANSCRIPTION


def shown(**facts: Any) -> dict[str, Any]:
    """The facts as JSON, without those that are not known."""
    found = json.loads(Facts.model_validate(facts).model_dump_json())
    return {name: value for name, value in found.items() if value not in (None, [])}


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ("350000", "350000"),
        ("350000.5", "350000.5"),
        ("1250.50", "1250.50"),
        ("1250.5000", "1250.50"),
        ("1e5", "100000"),
        ("999999999999.99", "999999999999.99"),
        (350000, "350000"),
        (0.1, "0.1"),
    ],
)
def test_money_is_an_exact_decimal_string_without_exponent(given: object, amount: str) -> None:
    assert shown(price={"amount": given, "currency": "EUR"}) == {
        "price": {"amount": amount, "currency": "EUR"}
    }


@pytest.mark.parametrize(
    "amount", ["0", "-1", "1.005", "NaN", "Infinity", "a lot", "1000000000000"]
)
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    with pytest.raises(ValidationError, match="amount"):
        Price.model_validate({"amount": amount, "currency": "EUR"})


@pytest.mark.parametrize("currency", ["eur", "EURO", "€", ""])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValidationError, match="currency"):
        Price.model_validate({"amount": "1", "currency": currency})


@pytest.mark.parametrize(
    ("given", "number"), [("120", 120), ("120.00", 120), (84.5, 84.5), ("84.25", 84.25)]
)
def test_a_surface_is_shown_as_a_plain_number(given: object, number: float) -> None:
    found = shown(surface_m2=given)["surface_m2"]
    assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    "facts",
    [
        {"surface_m2": 0},
        {"land_m2": -1},
        {"surface_m2": "12.345"},
        {"bathrooms": "2.25"},
        {"bathrooms": -1},
        {"rooms": 1.5},
        {"energy_class": "H"},
        {"climate_class": "a"},
        {"transaction": "swap"},
        {"features": ["x" * 81]},
        {"features": [" "]},
        {"features": ["x"] * 51},
    ],
)
def test_a_fact_that_breaks_its_rule_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(facts))):
        Facts.model_validate(facts)


def test_a_floor_may_be_below_the_ground_and_bathrooms_come_in_halves() -> None:
    assert shown(floor=-2, bathrooms="2.5") == {"floor": -2, "bathrooms": 2.5}


def test_a_time_without_an_offset_is_refused() -> None:
    values = POI.model_dump() | {"created_at": datetime(2026, 11, 20)}  # noqa: DTZ001
    with pytest.raises(ValidationError, match="created_at"):
        Poi.model_validate(values)


@pytest.mark.parametrize("progress", [-1, 101])
@pytest.mark.parametrize("job", [RENDER, TRANSCRIPTION])
def test_progress_goes_from_0_to_100(job: Render | Transcription, progress: int) -> None:
    with pytest.raises(ValidationError, match="progress"):
        type(job).model_validate(job.model_dump() | {"progress": progress})
