"""The film of the render benchmark by moviepy, as its documentation would make it.

python moviepy_film.py 1920x1080 30 30.0 film.mp4 photo.jpg …
"""

import os
import sys

from moviepy import CompositeVideoClip, ImageClip, concatenate_videoclips, vfx
from PIL import Image, ImageDraw, ImageFont

FADE_S = 0.5
ZOOM_PER_S = 0.025


def _words(size: tuple[int, int]) -> ImageClip:
    """The words of a scene as a picture with transparency."""
    drawing = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(drawing)
    draw.rectangle((0, size[1] * 0.7, size[0], size[1]), fill=(0, 0, 0, 120))
    face = ImageFont.load_default(size[1] // 16)
    draw.text((size[0] * 0.05, size[1] * 0.75), "Séjour de 42 m² plein sud", font=face)
    drawing.save("words.png")
    return ImageClip("words.png")


def _scene(photo: str, size: tuple[int, int], seconds: float) -> CompositeVideoClip:
    picture = ImageClip(photo).with_duration(seconds)
    fill = max(size[0] / picture.w, size[1] / picture.h)
    moving = picture.resized(lambda t: fill * (1 + ZOOM_PER_S * t)).with_position("center")
    words = _words(size).with_duration(seconds).with_start(FADE_S).with_effects([vfx.FadeIn(0.4)])
    return CompositeVideoClip([moving, words], size=size).with_duration(seconds)


def main(shape: str, fps: str, seconds: str, target: str, photos: list[str]) -> None:
    width, height = map(int, shape.split("x"))
    shown = [*photos, *photos[:2]]
    each = (float(seconds) + FADE_S * (len(shown) - 1)) / len(shown)
    scenes = [_scene(photo, (width, height), each) for photo in shown]
    faded = [scenes[0], *(clip.with_effects([vfx.CrossFadeIn(FADE_S)]) for clip in scenes[1:])]
    film = concatenate_videoclips(faded, method="compose", padding=-FADE_S)
    film.write_videofile(
        target, fps=int(fps), codec="libx264", preset="veryfast", audio=False, logger=None,
        threads=os.cpu_count(), ffmpeg_params=["-crf", "18"],
    )  # fmt: skip


if __name__ == "__main__" and sys.argv[1] != "--fetch":
    main(*sys.argv[1:5], photos=sys.argv[5:])
