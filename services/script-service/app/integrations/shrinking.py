"""`python -m app.integrations.shrinking`: photos made small enough to be looked at.

Runs as a confined child of the service (`common.children`). A request is two paths with a tab
between them, of the photo and of the JPEG to be made; the answer is "", or why there is none.
"""

from pathlib import Path

from PIL import ImageOps, UnidentifiedImageError

from common.confined import Say, allow_cpu, answer_requests, confine
from common.pictures import open_picture

_CPU_S = 15
_MEMORY_BYTES = 2 << 30
_FILE_BYTES = 4 << 20
#: Pixels of the longer side: what a model looks at in low detail.
_LONG_SIDE = 768


def main() -> None:
    """Answers requests until there are no more."""
    confine(memory_bytes=_MEMORY_BYTES, file_bytes=_FILE_BYTES)
    answer_requests(_answer)


def _answer(request: str, say: Say) -> None:
    allow_cpu(_CPU_S)
    source, target = request.split("\t")
    try:
        with open_picture(Path(source)) as photo:
            photo.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
            upright = ImageOps.exif_transpose(photo).convert("RGB")
            upright.thumbnail((_LONG_SIDE, _LONG_SIDE))
            upright.save(target, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, MemoryError) as error:
        say(f"the photo cannot be decoded ({type(error).__name__})")
        return
    say("")


if __name__ == "__main__":
    main()
