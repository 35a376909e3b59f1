"""What a picture looks like: where the eye goes, how light, neutral and sharp it is."""

from app.film.values import Value


class Look(Value):
    """Measured on the planes of a picture.

    `focus_x` and `focus_y` are fractions of its sides; `light` is its median luma, 0–1; `cast_u`
    and `cast_v` are the mean chroma of what should be grey, 0 when too little of it is seen;
    `clipped` is the share that is black or burnt; `sharpness` grows with fine detail.
    """

    focus_x: float = 0.5
    focus_y: float = 0.5
    light: float = 0.5
    cast_u: float = 0.0
    cast_v: float = 0.0
    clipped: float = 0.0
    sharpness: float = 0.0
