import re
from uuid import uuid4

from app.film.branding import unbranded
from app.film.captions import caption_cues
from app.film.orders import FilmOrder
from app.film.plan import plan_film
from contracts.script import ScenePart, Script
from tests.film.stage import TINY, listing, scene, script

AGENCY = re.compile(
    r"soleil|04 ?67|contact@|agence|rendez-vous|visiter|contactez|https?:", re.IGNORECASE
)


def _branded() -> Script:
    scenes = [
        scene(0, asset_id=uuid4(), narration="Voici la Villa Horizon. L’Agence du Soleil l’ouvre."),
        scene(1, asset_id=uuid4(), narration="Appelez le 04.67.00.11.22 ! Le séjour est clair."),
        scene(2, narration="Pour visiter, contactez l’Agence du Soleil."),
    ]
    texts = [
        ("Villa Horizon", "Villa Horizon · Agence du Soleil", ScenePart.HOOK),
        ("Séjour", "42 m² · 04 67 00 11 22", ScenePart.VISIT),
        ("Agence du Soleil", "Visite sur rendez-vous", ScenePart.CLOSING),
    ]
    written = [
        each.model_copy(update={"title": title, "on_screen_text": text, "part": part})
        for each, (title, text, part) in zip(scenes, texts, strict=True)
    ]
    return script(written).model_copy(update={"listing": listing()})


def test_the_unbranded_cut_is_free_of_any_agency_text() -> None:
    told = unbranded(_branded())
    plan = plan_film(told, TINY, {})
    shown = plan.model_dump_json()
    said = " ".join(line for cue in caption_cues(told.scenes) for line in cue.lines)
    assert not AGENCY.search(shown + said)
    assert AGENCY.search(plan_film(_branded(), TINY, {}).model_dump_json())


def test_it_keeps_all_that_is_said_of_the_property() -> None:
    told = unbranded(_branded())
    assert [each.narration for each in told.scenes] == [
        "Voici la Villa Horizon.",
        "Le séjour est clair.",
        "",
    ]
    assert [each.on_screen_text for each in told.scenes] == ["Villa Horizon", "42 m²", "Uzès"]
    assert told.scenes[2].title == "Villa Horizon"
    assert told.listing is not None
    assert told.listing.figures == listing().figures
    assert sum(each.duration_s for each in told.scenes) == told.total_duration_s


def test_an_early_script_without_a_listing_is_told_from_its_closing_card() -> None:
    early = _branded().model_copy(update={"listing": None})
    told = unbranded(early)
    assert not re.search("Soleil|visiter", told.model_dump_json())


def test_an_order_says_which_cut_is_made() -> None:
    order = FilmOrder(script=_branded(), frame=TINY, photos={}, branded=False, burned=True)
    assert order.cut.script == unbranded(order.script)
    assert order.cut.frame.captions_burned
    branded = FilmOrder(script=order.script, frame=TINY, photos={})
    assert branded.cut.script == order.script
    assert not branded.cut.frame.captions_burned
