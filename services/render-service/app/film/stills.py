"""Pictures of a film that need no film: its poster, its storyboard, its preview.

All are drawn from the plan, at the size they are seen in, before or beside the encoding.
Runs in a child process only.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from app.film.camera import Size
from app.film.fonts import font
from app.film.formats import FrameFormat
from app.film.plan import FilmPlan
from app.film.planes import Planes, rgb_of
from app.film.shots import PictureFiles
from app.film.sources import FrameSource, open_picture, open_source

_POSTER_QUALITY, _STORYBOARD_QUALITY, _PREVIEW_QUALITY = 90, 84, 50

#: Short sides of a storyboard's thumbnails and of the preview, in pixels.
_THUMBNAIL_SIDE, _PREVIEW_SIDE = 360, 234
_MARGIN = 12
_STORYBOARD_WIDTH = 2000
_STORYBOARD_GROUND, _STORYBOARD_INK = (24, 26, 30), (214, 216, 220)

#: Where in a scene its words are up and its cross-fade has not begun.
_TELLING_MOMENT = 0.7

_PREVIEW_S, _PREVIEW_FPS, _PREVIEW_SCENES = 3.0, 10, 4


def draw_poster(plan: FilmPlan, pictures: PictureFiles, target: Path) -> None:
    """The poster as a JPEG in the size of the film: a picture without words, or else a card."""
    shot = plan.shots[plan.poster_scene]
    card = shot.is_drawn
    source = (open_source if card else open_picture)(shot, plan.frame, pictures)
    moment = round(shot.frames * (_TELLING_MOMENT if card else 0.5))
    _picture(source, moment, plan.frame).save(target, "JPEG", quality=_POSTER_QUALITY)


def draw_storyboard(plan: FilmPlan, pictures: PictureFiles, target: Path) -> None:
    """All scenes on one sheet, a JPEG: each with its words, its number and when it begins."""
    frame = plan.frame.resized(_THUMBNAIL_SIDE)
    columns = max(1, (_STORYBOARD_WIDTH - _MARGIN) // (frame.width + _MARGIN))
    columns = min(columns, len(plan.shots))
    caption = _MARGIN + 20
    rows = -(-len(plan.shots) // columns)
    sheet = Image.new(
        "RGB",
        (
            _MARGIN + columns * (frame.width + _MARGIN),
            _MARGIN + rows * (frame.height + caption + _MARGIN),
        ),
        _STORYBOARD_GROUND,
    )
    draw, face = ImageDraw.Draw(sheet), font("Manrope", "Medium", 20)
    for position, shot in enumerate(plan.shots):
        left = _MARGIN + position % columns * (frame.width + _MARGIN)
        top = _MARGIN + position // columns * (frame.height + caption + _MARGIN)
        source = open_source(shot, frame, pictures)
        sheet.paste(_picture(source, round(shot.frames * _TELLING_MOMENT), frame), (left, top))
        begins = plan.timeline.scenes[position].start / plan.timeline.fps
        label = f"{position + 1}   {int(begins // 60)}:{begins % 60:04.1f}"
        draw.text((left, top + frame.height + 6), label, font=face, fill=_STORYBOARD_INK)
    sheet.save(target, "JPEG", quality=_STORYBOARD_QUALITY)


def draw_preview(plan: FilmPlan, pictures: PictureFiles, target: Path) -> None:
    """Three seconds of the film's pictures without words, an animated WebP that repeats."""
    first, *rest = _preview_frames(plan, pictures)
    first.save(
        target,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=round(1000 / _PREVIEW_FPS),
        loop=0,
        quality=_PREVIEW_QUALITY,
        method=2,
    )


def _preview_frames(plan: FilmPlan, pictures: PictureFiles) -> Iterator[Image.Image]:
    """A piece from the middle of each of the first scenes with a picture, at the film's speed."""
    frame = plan.frame.resized(_PREVIEW_SIDE)
    pictured = [shot for shot in plan.shots if not shot.is_drawn]
    shown = pictured[:_PREVIEW_SCENES] or plan.shots[:1]
    count, step = round(_PREVIEW_S * _PREVIEW_FPS), plan.frame.fps / _PREVIEW_FPS
    for at, shot in enumerate(shown):
        source = open_picture(shot, frame, pictures)
        numbers = range(count * at // len(shown), count * (at + 1) // len(shown))
        start = max(0.0, (shot.frames - len(numbers) * step) / 2)
        for number in range(len(numbers)):
            moment = min(round(start + number * step), shot.frames - 1)
            yield _picture(source, moment, frame)


def _picture(source: FrameSource, index: int, frame: FrameFormat) -> Image.Image:
    planes = Planes.blank(Size(frame.width, frame.height))
    source.draw(index, planes)
    return Image.fromarray(np.ascontiguousarray(rgb_of(planes)))
