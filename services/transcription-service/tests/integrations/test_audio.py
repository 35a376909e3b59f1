import io
import wave
from itertools import pairwise
from pathlib import Path

import pytest

from app.core.transcriptions import TranscriptionError
from app.integrations.audio import ChildEar
from app.services.ports import Recording
from tests.support import Recordings


def copied(source: Path, folder: Path) -> Path:
    """A recording as a job has it: a file of its own without an ending."""
    file = folder / "recording"
    file.write_bytes(source.read_bytes())
    return file


async def test_a_video_s_sound_comes_in_pieces_cut_where_nobody_speaks(
    ear: ChildEar, recordings: Recordings, tmp_path: Path
) -> None:
    sound = await ear.listen(Recording(copied(recordings.speech, tmp_path), 15.0))
    assert len(sound.pieces) == 4
    for span, spoken in zip(sound.pieces, [(0, 3), (4, 7), (8, 11), (12, 15)], strict=True):
        assert span.start_s == pytest.approx(spoken[0], abs=0.5)
        assert span.end_s == pytest.approx(spoken[1], abs=0.5)
    assert all(a.end_s <= b.start_s for a, b in pairwise(sound.pieces))


async def test_a_piece_is_a_recording_of_its_own_of_that_length(
    ear: ChildEar, recordings: Recordings, tmp_path: Path
) -> None:
    sound = await ear.listen(Recording(copied(recordings.speech, tmp_path), 15.0))
    span = sound.pieces[1]
    with wave.open(io.BytesIO(await sound.wav(span))) as piece:
        assert (piece.getframerate(), piece.getnchannels(), piece.getsampwidth()) == (16000, 1, 2)
        assert piece.getnframes() / 16000 == pytest.approx(span.end_s - span.start_s)


async def test_the_same_recording_gives_the_same_pieces_to_the_byte(
    ear: ChildEar, recordings: Recordings, tmp_path: Path
) -> None:
    heard = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        sound = await ear.listen(Recording(copied(recordings.speech, tmp_path / name), 15.0))
        heard.append([await sound.wav(span) for span in sound.pieces])
    assert heard[0] == heard[1]
    assert len(set(heard[0])) == 4


async def test_silence_has_no_pieces(ear: ChildEar, recordings: Recordings, tmp_path: Path) -> None:
    sound = await ear.listen(Recording(copied(recordings.audio, tmp_path), 21.0))
    assert sound.pieces == ()


@pytest.mark.parametrize(
    "content",
    [
        b"no media at all\n" * 100,
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
    ],
)
async def test_what_is_no_media_or_points_elsewhere_is_refused(
    ear: ChildEar, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "recording"
    file.write_bytes(content)
    with pytest.raises(TranscriptionError) as refusal:
        await ear.listen(Recording(file, 10.0))
    assert refusal.value.code == "media_unreadable"
    assert "ffmpeg ended" in refusal.value.detail
