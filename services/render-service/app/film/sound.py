"""The sound of a film: its bed, its voice-over, one level. Runs in a child process only.

Music is looped, trimmed and faded, and brought to −14 LUFS (what video sites play at); the bed of
our own stays quiet. Under a voice the bed is ducked, and the voice carries the level.
"""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.film.ambience import RATE, ambience
from app.film.encoding import LOCAL_ONLY, ffmpeg, run_ffmpeg
from app.film.values import FilmError
from app.film.voicing import Spoken

#: Samples per second of every film, and how its sound is encoded.
SAMPLE_RATE = 48_000
AAC = ("-c:a", "aac", "-b:a", "128k")

#: Loudness in LUFS (ITU-R BS.1770): music and voices as sites play them, our own bed below.
LOUD_LUFS, QUIET_LUFS = -14.0, -26.0

#: Peaks stay below this, so that AAC's own overshoot does not clip: −1.5 dBFS.
_PEAK = 0.84

_FADE_IN_S, _FADE_OUT_S = 0.4, 1.6

#: How speech ends, also where a scene ends before it.
_SOFT_S = 0.08
_LOUDNESS = re.compile(r"^\s+I:\s+(-?[\d.]+|-?inf) LUFS", re.MULTILINE)

#: The loudness that ffmpeg gives silence.
_SILENCE_LUFS = -70.0

#: Ducking: what of the bed is left while somebody speaks, and how fast it goes and comes.
_DUCK = "sidechaincompress=threshold=0.02:ratio=8:attack=120:release=700"


def mix_sound(music: Path | None, speech: Sequence[Spoken], seconds: float, target: Path) -> None:
    """Write a film's sound as a WAV of exactly `seconds`: music or the bed of our own, and speech.

    Raises FilmError `music_unreadable` for music without sound, `encoder_failed`.
    """
    bed = target.with_name("bed.wav")
    if music is None:
        _write_ambience(seconds, bed)
    else:
        _loop(music, seconds, bed)
    levelled = target.with_name("bed-levelled.wav") if speech else target
    _level(bed, LOUD_LUFS if music and not speech else QUIET_LUFS, levelled)
    if speech:
        voice = target.with_name("voice.wav")
        _lay_out(speech, seconds, voice)
        _duck(levelled, voice, seconds, target)


def encode_sound(mixed: Path, target: Path) -> None:
    """Encode a film's sound, once, for `assembly.assemble` to copy. Raises FilmError."""
    run_ffmpeg([*LOCAL_ONLY, "-i", str(mixed), *AAC, "-f", "mp4", str(target)])


def loudness(sound: Path) -> float:
    """The integrated loudness of a file, in LUFS; −70 for silence."""
    measured = subprocess.run(  # noqa: S603 -- our own ffmpeg and arguments
        [
            *ffmpeg(*LOCAL_ONLY, "-i", str(sound), "-af", "ebur128=framelog=quiet"),
            *("-loglevel", "info", "-f", "null", "-"),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = _LOUDNESS.findall(measured.stderr)
    if measured.returncode or not found:
        raise FilmError("encoder_failed", f"no loudness: {measured.stderr[-300:].strip()}")
    return max(_SILENCE_LUFS, float(found[-1]))


def _write_ambience(seconds: float, target: Path) -> None:
    raw = target.with_suffix(".raw")
    raw.write_bytes(ambience(seconds).tobytes())
    layout = ("-f", "f32le", "-ar", str(RATE), "-ac", "2")
    run_ffmpeg([*LOCAL_ONLY, *layout, "-i", str(raw), *_faded(seconds), *_wav(seconds, target)])
    raw.unlink()


def _loop(music: Path, seconds: float, target: Path) -> None:
    """Music again and again, as long as the film."""
    source = [*LOCAL_ONLY, "-stream_loop", "-1", "-i", str(music), "-vn"]
    try:
        run_ffmpeg([*source, *_faded(seconds), *_wav(seconds, target)])
    except FilmError as error:
        raise FilmError("music_unreadable", "the audio asset cannot be played") from error


def _level(source: Path, lufs: float, target: Path) -> None:
    """Bring a sound to a loudness by one gain, its peaks held."""
    found = loudness(source)
    gain = lufs - found if found > _SILENCE_LUFS else 0.0
    held = f"volume={gain:.2f}dB,alimiter=limit={_PEAK}:level=disabled"
    run_ffmpeg([*LOCAL_ONLY, "-i", str(source), "-af", held, *_pcm(target)])


def _lay_out(speech: Sequence[Spoken], seconds: float, target: Path) -> None:
    """All pieces of a voice where they belong, at one level."""
    inputs = [argument for piece in speech for argument in ("-i", str(piece.file))]
    placed = "".join(
        f"[{number}:a]aresample={SAMPLE_RATE},aformat=channel_layouts=stereo,{_fitted(piece)},"
        f"adelay={round(piece.start_s * 1000)}:all=1[v{number}];"
        for number, piece in enumerate(speech)
    )
    names = "".join(f"[v{number}]" for number in range(len(speech)))
    graph = f"{placed}{names}amix=inputs={len(speech)}:normalize=0:duration=longest,apad[voice]"
    loose = target.with_name("voice-loose.wav")
    run_ffmpeg(
        [*LOCAL_ONLY, *inputs, "-filter_complex", graph, "-map", "[voice]", *_wav(seconds, loose)]
    )
    _level(loose, LOUD_LUFS, target)


def _fitted(piece: Spoken) -> str:
    """A piece as fast and as long as it is to be heard, its end softened."""
    fades = max(0.0, piece.seconds - _SOFT_S)
    return (
        f"atempo={piece.tempo:.4f},atrim=end={piece.seconds:.4f},"
        f"afade=t=out:st={fades:.4f}:d={_SOFT_S}"
    )


def _duck(bed: Path, voice: Path, seconds: float, target: Path) -> None:
    """The voice over a bed that makes room for it."""
    graph = (
        f"[1:a]asplit[said][key];[0:a][key]{_DUCK}[low];"
        f"[low][said]amix=inputs=2:normalize=0,alimiter=limit={_PEAK}:level=disabled[out]"
    )
    files = [*LOCAL_ONLY, "-i", str(bed), "-i", str(voice)]
    run_ffmpeg([*files, "-filter_complex", graph, "-map", "[out]", *_wav(seconds, target)])


def _faded(seconds: float) -> list[str]:
    ends = max(0.0, seconds - _FADE_OUT_S)
    fades = f"afade=t=in:d={_FADE_IN_S},afade=t=out:st={ends:.3f}:d={_FADE_OUT_S}"
    return ["-af", f"aresample={SAMPLE_RATE}:async=1:first_pts=0,apad,{fades}"]


def _wav(seconds: float, target: Path) -> list[str]:
    return ["-t", f"{seconds:.6f}", *_pcm(target)]


def _pcm(target: Path) -> list[str]:
    layout = ("-ar", str(SAMPLE_RATE), "-ac", "2", "-c:a", "pcm_f32le")
    return [*layout, "-f", "wav", str(target)]
