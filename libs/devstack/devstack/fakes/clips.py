"""Small real clips: a picture, panned over a little, as H.264."""

import subprocess
from functools import lru_cache

import imageio_ffmpeg  # type: ignore[import-untyped]

_FPS = 24
_PAN_PX = 48


@lru_cache(maxsize=32)
def clip_of(picture: bytes, width: int, height: int, duration_s: int) -> bytes:
    """An MP4 of that size and length."""
    pan = f"crop={width}:{height}:x={_PAN_PX}*n/{_FPS * duration_s}:y=0"
    fill = f"scale={width + _PAN_PX}:{height}:force_original_aspect_ratio=increase"
    made = subprocess.run(  # noqa: S603 - our own ffmpeg and arguments
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error"),
            *("-f", "image2pipe", "-framerate", str(_FPS), "-i", "pipe:0"),
            *("-vf", f"{fill},loop=loop=-1:size=1,{pan},format=yuv420p"),
            *("-frames:v", str(_FPS * duration_s), "-c:v", "libx264", "-preset", "ultrafast"),
            *("-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "pipe:1"),
        ],
        input=picture,
        capture_output=True,
        check=True,
    )
    return made.stdout
