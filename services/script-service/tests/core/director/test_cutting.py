from dataclasses import replace

import pytest

from app.core.brief import Quality, ScriptBrief, Sight
from app.core.director.cutting import cut
from app.core.director.director import direct
from app.core.director.timing import LONGEST_S, SHORTEST_S, fits, speech_s
from contracts.asset import Room
from contracts.script import Language, Motion, Scene
from tests.core.director.strangers import strangers
from tests.samples import VILLA, brief, photos, poi

LANGUAGES: list[Language] = ["fr", "en"]
VISIT = photos(Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.BATHROOM)
LONG = "The kitchen opens onto the living room, and both look out over the terrace and the pool."


def villa(language: Language = "en", duration_s: int = 30) -> ScriptBrief:
    return brief(poi(**VILLA), VISIT, language=language, duration_s=duration_s)


def silence_s(scene: Scene, language: Language) -> float:
    return scene.duration_s - speech_s(scene.narration, language)


def recut(told: ScriptBrief, room: Room, narration: str) -> dict[Room, Scene]:
    """The scenes over pictures when over one of them something else is said."""
    scenes = [
        scene.model_copy(update={"narration": narration}) if scene.room is room else scene
        for scene in direct(told).scenes
    ]
    return {scene.room: scene for scene in cut(told, scenes) if scene.asset_id}


def test_a_scene_with_a_long_sentence_is_longer_and_the_film_is_not() -> None:
    told = villa()
    before = {scene.room: scene for scene in direct(told).scenes if scene.asset_id}
    after = recut(told, Room.KITCHEN, LONG)
    assert after[Room.KITCHEN].duration_s > before[Room.KITCHEN].duration_s
    assert fits(LONG, after[Room.KITCHEN].duration_s, "en")
    assert sum(scene.duration_s for scene in cut(told, list(direct(told).scenes))) == 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice_falls_silent_for_much_the_same_time_over_every_picture(
    language: Language,
) -> None:
    silences = [
        silence_s(scene, language)
        for scene in direct(villa(language)).scenes
        if SHORTEST_S < scene.duration_s < LONGEST_S
    ]
    assert max(silences) <= 2 * min(silences) + 0.5


def test_a_poor_picture_of_few_words_is_not_lingered_on() -> None:
    told = villa(duration_s=45)
    poor = next(asset for asset in VISIT if asset.room is Room.KITCHEN)
    sight = Sight(Room.KITCHEN, Quality.POOR, Motion.PUSH_IN)
    sharp = recut(told, Room.KITCHEN, "Next, the kitchen of the villa.")
    blurred = recut(
        replace(told, sights={poor.id: sight}), Room.KITCHEN, sharp[Room.KITCHEN].narration
    )
    assert blurred[Room.KITCHEN].duration_s < sharp[Room.KITCHEN].duration_s


def test_words_that_there_is_no_time_for_leave_the_plan_as_it_was() -> None:
    told = villa()
    scenes = [scene.model_copy(update={"narration": LONG * 3}) for scene in direct(told).scenes]
    seconds = [scene.duration_s for scene in cut(told, scenes)]
    assert sum(seconds) == 30
    assert max(seconds) < LONGEST_S


def test_no_picture_is_held_for_longer_than_an_editor_would_while_there_are_others() -> None:
    for told in strangers(200):
        seconds = [scene.duration_s for scene in direct(told).scenes]
        if len(seconds) * LONGEST_S >= told.order.duration_s:
            assert max(seconds) <= LONGEST_S


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("pictures", "duration_s"), [(1, 10), (1, 180), (40, 10), (40, 180)])
def test_a_film_of_any_length_from_few_or_many_pictures_can_be_cut(
    language: Language, pictures: int, duration_s: int
) -> None:
    rooms = [list(Room)[at % len(Room)] for at in range(pictures)]
    told = brief(poi(**VILLA), photos(*rooms), language=language, duration_s=duration_s)
    film = direct(told)
    assert film.total_duration_s == duration_s
    for scene in film.scenes:
        assert scene.duration_s >= SHORTEST_S
        assert fits(scene.narration, scene.duration_s, language)


def test_time_that_other_scenes_do_not_need_lets_a_sentence_be_said_in_full() -> None:
    quote = "La cuisine ouverte est équipée d’un îlot central et donne de plain-pied sur le jardin."
    house = poi(description=quote, facts={"bedrooms": 3})
    pictures = photos(Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.BATHROOM)
    film = direct(brief(house, pictures))
    kitchen = next(scene for scene in film.scenes if scene.room is Room.KITCHEN)
    assert kitchen.narration == quote
    assert kitchen.duration_s > film.total_duration_s / len(film.scenes)
