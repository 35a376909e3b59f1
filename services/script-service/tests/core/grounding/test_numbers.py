from decimal import Decimal

import pytest

from app.core.grounding.numbers import Number, numbers_in
from contracts.script import Language

CLAIMS: list[tuple[str, Language, str, str]] = [
    ("638 940 €", "fr", "638940", "EUR"),
    ("638\u202f940\u00a0€", "fr", "638940", "EUR"),
    ("$638,940", "en", "638940", "USD"),
    ("US$ 1,195,000", "en", "1195000", "USD"),
    ("1,2 million d’euros", "fr", "1200000", "EUR"),
    ("540 k€", "fr", "540", "kEUR"),
    ("deux cent mille euros", "fr", "200000", "EUR"),
    ("huit cent quatre-vingt-dix mille euros", "fr", "890000", "EUR"),
    ("two hundred thousand dollars", "en", "200000", "USD"),
    ("185,5 m²", "fr", "185.5", "m2"),
    ("185.5 m2", "en", "185.5", "m2"),
    ("2,464 sq ft", "en", "2464", "sqft"),
    ("quatre-vingt-dix-sept mètres carrés", "fr", "97", "m2"),
    ("quatre belles chambres", "fr", "4", "bedroom"),
    ("a 4-bedroom house", "en", "4", "bedroom"),
    ("neuf pièces", "fr", "9", "room"),
    ("2,5 salles de bain", "fr", "2.5", "bathroom"),
    ("two and a half bathrooms", "en", "2.5", "bathroom"),
    ("2½ baths", "en", "2.5", "bathroom"),
    ("2 1/2 bathrooms", "en", "2.5", "bathroom"),
    ("au premier étage", "fr", "1", "floor"),
    ("on the 3rd floor", "en", "3", "floor"),
    ("soixante-dix-huit", "fr", "78", ""),
    ("soixante et onze", "fr", "71", ""),
    ("quatre-vingts", "fr", "80", ""),
    ("vingt et unième", "fr", "21", ""),
    ("twenty-first", "en", "21", ""),
    ("two hundred and five", "en", "205", ""),
    ("mille neuf cent soixante-quinze", "fr", "1975", ""),
    ("une dizaine", "fr", "10", ""),
    ("du XVIIIe siècle", "fr", "18", ""),
]


@pytest.mark.parametrize(("text", "language", "value", "unit"), CLAIMS)
def test_a_number_is_read_with_its_unit(
    text: str, language: Language, value: str, unit: str
) -> None:
    assert numbers_in(text, language) == {Number(Decimal(value), unit)}


@pytest.mark.parametrize(
    "text", ["une villa et un jardin", "one house", "un appartement neuf avec vue", "remis à neuf"]
)
def test_articles_and_new_are_not_numbers(text: str) -> None:
    assert numbers_in(text) == frozenset()


def test_numbers_side_by_side_are_not_added() -> None:
    assert {n.value for n in numbers_in("trois et quatre, cinq")} == {3, 4, 5}
    assert {n.value for n in numbers_in("04 67 00 11 22")} == {4, 67, 0, 11, 22}


def test_what_is_ambiguous_is_read_in_every_way_where_facts_are_read() -> None:
    assert {n.value for n in numbers_in("1,200")} == {Decimal("1.2"), 1200}
    assert {n.value for n in numbers_in("1,200", "en")} == {1200}
    assert {n.value for n in numbers_in("1,200", "fr")} == {Decimal("1.2")}
