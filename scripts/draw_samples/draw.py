# /// script
# requires-python = "==3.11.*"
# dependencies = [
#     "bpy==5.0.1",
#     "font-manrope==0.0.2",
#     "pillow>=12",
# ]
# ///
# SPDX-License-Identifier: MIT
"""Draw the sample pictures of the villa: five traced with Blender's Cycles, and a floor plan.

    uv run --script scripts/draw_samples/draw.py [--into DIR] [--width 2400] [NAME ...]

The same version of Blender draws the same pictures again, every leaf in its place.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import bedroom
import floor_plan
import kitchen
import living_room
import outdoors
from studio import empty_scene, render

ASSETS = Path(__file__).parents[2] / "data" / "assets"
PLAN = "06-plan"

#: Each picture's scene and its exposure in stops.
SCENES: dict[str, tuple[Callable[[], None], float]] = {
    "01-facade": (outdoors.facade, 0.4),
    "02-salon": (living_room.living_room, 0.35),
    "03-cuisine": (kitchen.kitchen, 0.15),
    "04-chambre": (bedroom.bedroom, 0.2),
    "05-piscine": (outdoors.poolside, -0.3),
}


def main() -> None:
    """Draw the pictures that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(SCENES)}, {PLAN}")
    parser.add_argument("--into", type=Path, default=ASSETS, help="the folder to write to")
    parser.add_argument("--width", type=int, default=2400, help="pixels; the height is two thirds")
    parser.add_argument("--samples", type=int, default=8, help="light paths for each pixel")
    options = parser.parse_args()
    unknown = set(options.names) - {*SCENES, PLAN}
    if unknown:
        parser.error(f"no picture is called {', '.join(sorted(unknown))}")
    wanted = options.names or [*SCENES, PLAN]
    options.into.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        if name == PLAN:
            floor_plan.save(options.into / f"{PLAN}.png")
            continue
        build, exposure = SCENES[name]
        empty_scene()
        build()
        render(options.into / f"{name}.jpg", options.width, options.samples, exposure)


if __name__ == "__main__":
    main()
