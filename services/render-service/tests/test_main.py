import subprocess
import sys

from app.main import ROOT

_BUILD = """
import sys
from app.core.config import Settings
from app.main import build
build(Settings())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_stub_service_holds_neither_pixels_nor_providers() -> None:
    """Each costs tens of MiB; films are drawn in children, and nothing is bought."""
    built = subprocess.run(
        [sys.executable, "-c", _BUILD],
        cwd=ROOT,
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"numpy", "cv2", "PIL", "openai", "runwayml"} & set(built.stdout.split())
