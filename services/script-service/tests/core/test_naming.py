import pytest

from app.core.naming import shown_name, town_of
from tests.samples import poi


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("12 rue des Oliviers, 34000 Montpellier, France", "Montpellier"),
        ("24200 Sarlat-la-Canéda", "Sarlat-la-Canéda"),
        ("5 av Foch, Le Havre", "Le Havre"),
        ("Montpellier, Hérault", "Montpellier"),
        ("Auray, Morbihan, Bretagne, France", "Auray"),
        ("8 avenue Montaigne, Paris", "Paris"),
        ("Vienne", "Vienne"),
        ("123 Main St, Alpine, CA 91901", "Alpine"),
        ("Alpine, California 91901, USA", "Alpine"),
        ("10 Downing Street, London SW1A 2AA", "London"),
        ("3 place de la Comédie", ""),
        ("98021", ""),
        ("", ""),
    ],
)
def test_the_town_is_found_or_left_out(address: str, town: str) -> None:
    assert town_of(address) == town


def test_a_name_is_shown_without_markup_and_not_at_any_length() -> None:
    assert shown_name(poi(name="<b>villa</b> {Rose}")) == "Villa Rose"
    assert len(shown_name(poi(name="Domaine " * 20)).split()) == 12
    assert shown_name(poi(name="***")) == ""
