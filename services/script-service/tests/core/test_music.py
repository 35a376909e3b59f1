"""Which sound of a property is music for its films."""

import pytest

from contracts.asset import Asset, AssetType, ContentStatus, Room
from tests.samples import brief, photo, poi


def sound(name: str, **fields: object) -> Asset:
    return photo(Room.OTHER, name, asset_type=AssetType.AUDIO, mime_type="audio/mpeg", **fields)


@pytest.mark.parametrize(
    ("asset", "is_music"),
    [
        (sound("Musique douce.mp3"), True),
        (sound("soundtrack-2.wav"), True),
        (sound("a.mp3", metadata={"use": "music"}), True),
        (sound("visite commentée.mp3"), False),
        (sound("musical memories.mp3"), False),
        (sound("music.mp3", content_status=ContentStatus.MISSING), False),
        (photo(Room.LIVING_ROOM, "music room.jpg"), False),
    ],
)
def test_a_sound_is_music_when_it_says_so(asset: Asset, is_music: bool) -> None:
    assert (brief(poi(), (asset,)).music == asset) is is_music


def test_of_several_the_first_by_position_is_heard() -> None:
    loose, late, early = (
        sound("music 1.mp3"),
        sound("music 2.mp3", position=2),
        sound("music 3.mp3", position=1),
    )
    assert brief(poi(), (loose, late, early)).music == early
