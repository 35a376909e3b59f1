from pathlib import Path

import pytest

from devstack.options import BadOption, StackOptions


def test_everything_is_embedded_unless_the_environment_names_it() -> None:
    options = StackOptions.read({})
    assert (options.postgres_host, options.kafka, options.data) == (None, None, None)
    assert options.postgres_port == 5433


def test_an_offset_moves_the_embedded_database_too() -> None:
    assert StackOptions.read({"PORT_OFFSET": "100"}).postgres_port == 5533


def test_an_own_database_stays_where_it_is_whatever_the_offset() -> None:
    options = StackOptions.read({"PORT_OFFSET": "100", "POSTGRES_HOST": "db.example"})
    assert (options.postgres_host, options.postgres_port) == ("db.example", 5433)


def test_the_data_folder_may_be_relative() -> None:
    assert StackOptions.read({"DEV_DATA": "kept"}).data == Path("kept").resolve()


@pytest.mark.parametrize("given", ["-1", "many", "1.5", "99999"])
def test_a_bad_offset_is_named_with_what_is_allowed(given: str) -> None:
    with pytest.raises(BadOption, match=r"PORT_OFFSET=.*whole number from 0 to 50000"):
        StackOptions.read({"PORT_OFFSET": given})


def test_it_is_known_whether_films_spend_money() -> None:
    assert not StackOptions.read({}).buys_clips
    assert StackOptions.read({"RUNWAY_MODE": "live"}).buys_clips


def test_nothing_is_bought_from_fakes_unless_that_is_asked_for() -> None:
    assert not StackOptions.read({}).fake_providers
    assert not StackOptions.read({"FAKE_PROVIDERS": "false"}).fake_providers
    assert StackOptions.read({"FAKE_PROVIDERS": "true"}).fake_providers
    with pytest.raises(BadOption, match=r"FAKE_PROVIDERS=maybe: give true or false"):
        StackOptions.read({"FAKE_PROVIDERS": "maybe"})
