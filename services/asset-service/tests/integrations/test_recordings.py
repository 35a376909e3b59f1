"""Looking into a file opens no other."""

import asyncio
from pathlib import Path

import pytest

from app.core.media import Media
from app.integrations.inspector import look_into

#: Its last line keeps it from being a text, and so a document.
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#\0ÿ"


async def test_what_a_playlist_names_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        writer.close()

    def look(port: int) -> Media:
        Path("visite.mp4").write_bytes(PLAYLIST.format(port=port).encode("latin-1"))
        return look_into(Path("visite.mp4"), max_megapixels=1)

    monkeypatch.chdir(tmp_path)  # with a folder before it, MediaInfo takes the address for a file's
    async with await asyncio.start_server(note, "127.0.0.1", 0) as server:
        found = await asyncio.to_thread(look, server.sockets[0].getsockname()[1])
    assert found.media_type == "application/octet-stream"
    assert not asked.is_set()
