"""The page that the floor plan is drawn on, which takes metres."""

from importlib.resources import files

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from layout import Rectangle

SIZE = (2400, 1600)
FINE = 3  # drawn so many times larger, then reduced: the cleanest of edges
SCALE = 65.0 * FINE  # pixels for a metre
ORIGIN = (7.3, -13.9)  # how far the page's lower left corner lies from the plan's: metres

INK, LINE, FURNITURE = "#2d3036", "#8d8a83", "#ffffff"


class Page:
    """A sheet of one colour at first."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), ground)
        self._draw = ImageDraw.Draw(self.image)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point."""
        return (x + ORIGIN[0]) * SCALE, self.image.height - (y - ORIGIN[1]) * SCALE

    def _corners(self, place: Rectangle) -> tuple[float, float, float, float]:
        left, bottom = self.at(place[0], place[1])
        right, top = self.at(place[2], place[3])
        return left, top, right, bottom

    def fill(self, place: Rectangle, code: str) -> None:
        """A plain rectangle."""
        left, top, right, bottom = self._corners(place)
        self._draw.rectangle((left, top, right - 1, bottom - 1), fill=code)

    def outline(self, place: Rectangle, round_by: float = 0.04, code: str = FURNITURE) -> None:
        """A thing seen from above: a filled rectangle with a fine edge."""
        self._draw.rounded_rectangle(
            self._corners(place), round_by * SCALE, fill=code, outline=LINE, width=2 * FINE
        )

    def circle(self, x: float, y: float, radius: float, code: str = FURNITURE) -> None:
        """A round thing seen from above."""
        place = self._corners((x - radius, y - radius, x + radius, y + radius))
        self._draw.ellipse(place, fill=code, outline=LINE, width=2 * FINE)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], code: str, width: int = 2
    ) -> None:
        """A straight line, `width` in pixels of the finished page."""
        self._draw.line((self.at(*start), self.at(*end)), fill=code, width=width * FINE)

    def arc(self, centre: tuple[float, float], radius: float, start: float, end: float) -> None:
        """Part of a circle, in degrees clockwise from the east."""
        x, y = centre
        place = self._corners((x - radius, y - radius, x + radius, y + radius))
        self._draw.arc(place, start, end, fill=LINE, width=2 * FINE)

    def polygon(self, points: list[tuple[float, float]], code: str) -> None:
        """A filled shape."""
        self._draw.polygon([self.at(*point) for point in points], fill=code)

    def shade(self, places: list[Rectangle], reach: float, strength: int) -> None:
        """The soft shadow of raised things, falling to the south-east by `reach` metres."""
        mask = Image.new("L", self.image.size, 0)
        draw = ImageDraw.Draw(mask)
        for x0, y0, x1, y1 in places:
            moved = (x0 + reach, y0 - reach, x1 + reach, y1 - reach)
            draw.rectangle(self._corners(moved), fill=strength)
        blurred = mask.filter(ImageFilter.GaussianBlur(reach * SCALE / 3))
        self.image.paste(Image.new("RGB", self.image.size, "#3a3d35"), (0, 0), blurred)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int = 25,
        weight: str = "Medium",
        code: str = INK,
    ) -> None:
        """Words centred on a point; `size` in pixels of the finished page."""
        font = typeface(weight, size * FINE)
        self._draw.multiline_text(
            self.at(x, y),
            words,
            fill=code,
            font=font,
            anchor="mm",
            align="center",
            spacing=6 * FINE,
        )


def typeface(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Manrope, the typeface of the films."""
    return ImageFont.truetype(str(files("font_manrope") / "files" / f"Manrope-{weight}.ttf"), size)
