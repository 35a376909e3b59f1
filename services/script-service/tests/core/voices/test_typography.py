from decimal import Decimal

import pytest

from app.core.voices.typography import money, number, surface, typeset
from app.core.voices.words import Nom
from contracts.poi import Price
from contracts.script import Language


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        ("638940", "EUR", "fr", "638\u202f940\u00a0€"),
        ("1200.50", "EUR", "fr", "1\u202f200,50\u00a0€"),
        ("638940", "USD", "en", "$638,940"),
        ("638940", "USD", "fr", "638\u202f940\u00a0$"),
        ("1250000", "GBP", "fr", "1\u202f250\u202f000\u00a0£"),
        ("638940", "CHF", "en", "CHF\u00a0638,940"),
        ("638940", "CHF", "fr", "638\u202f940\u00a0CHF"),
        ("890000.00", "EUR", "en", "€890,000"),
        ("1000.25", "JPY", "en", "¥1,000.25"),
    ],
)
def test_money_is_set_as_given_never_rounded(
    amount: str, currency: str, language: Language, shown: str
) -> None:
    assert money(Price(amount=Decimal(amount), currency=currency), language) == shown


def test_numbers_are_set_as_each_language_sets_them() -> None:
    assert number(Decimal("2.5"), "fr") == "2,5"
    assert number(Decimal("2.5"), "en") == "2.5"
    assert surface(Decimal("1248.75"), "fr") == "1\u202f248,75\u00a0m²"


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Calme, lumière : tout y est !", "Calme, lumière\u00a0: tout y est\u202f!"),
        ('L\'îlot "central"; 120 m2 ?', "L’îlot «\u00a0central\u00a0»\u202f; 120\u00a0m²\u202f?"),
        ("638 940 € à 10:30...", "638\u202f940\u00a0€ à 10:30…"),
    ],
)
def test_french_is_set_with_its_own_spaces_and_marks(plain: str, set_: str) -> None:
    assert typeset(plain, "fr") == set_


def test_nouns_take_the_articles_of_their_gender_and_first_letter() -> None:
    kitchen, office, entrance = Nom("cuisine", feminine=True), Nom("bureau"), Nom("entrée", True)
    assert [kitchen.le, kitchen.du, kitchen.au, kitchen.ce] == [
        "la cuisine",
        "de la cuisine",
        "à la cuisine",
        "cette cuisine",
    ]
    assert [office.le, office.du, office.au, office.un] == [
        "le bureau",
        "du bureau",
        "au bureau",
        "un bureau",
    ]
    assert [entrance.le, entrance.du, entrance.au] == ["l’entrée", "de l’entrée", "à l’entrée"]
    assert Nom("appartement").ce == "cet appartement"
