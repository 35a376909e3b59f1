"""The studio: conducts a film from the event loop, with child processes for all that burns CPU."""

from pathlib import Path

from app.film.orders import Film, FilmOrder, FilmWatcher, SegmentStore
from app.film.plan import plan_film
from app.film.renderers import Renderers
from app.film.shoot import Shoot
from common.tasks import side_by_side


class FilmStudio:
    """Makes films, one at a time or several; each with `children` processes of its own."""

    def __init__(self, *, children: int = 2, max_megapixels: int = 100) -> None:
        self._children = children
        self._max_megapixels = max_megapixels

    async def make(
        self, order: FilmOrder, folder: Path, store: SegmentStore, watcher: FilmWatcher
    ) -> Film:
        """Make a film in an empty folder; cancelling kills the children at once.

        A photo that cannot be decoded costs its scene a card. Raises ScenesFailedError once all
        other scenes are finished, FilmError when the film cannot be planned or joined.
        """
        async with Renderers.of(self._children) as children:
            order = order.cut
            shoot = Shoot(order, folder, store, watcher, children)
            pictures = await shoot.prepare_pictures(self._max_megapixels)
            ready = await shoot.prepare_clips()
            stills = {position: each.picture for position, each in ready.items()}
            clips = {position: each.clip for position, each in ready.items()}
            plan = plan_film(
                order.script,
                order.frame,
                {**pictures, **stills},
                clips,
                matched=order.matched,
                light=order.light,
                speech={} if order.silent else order.speech,
            )
            await shoot.draw_stills(plan)
            async with side_by_side() as parts:
                sound = parts.create_task(shoot.mix_sound(plan))
                segments = parts.create_task(shoot.render_segments(plan))
            return await shoot.assemble(plan, segments.result(), sound.result())
