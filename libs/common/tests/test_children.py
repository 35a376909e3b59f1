import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from common.children import ChildFailed, Children
from tests.support import eventually

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    children = Children("tests.child", ROOT, count=1, environment={"OURS": "1"})
    yield children
    await children.close()


async def answer(children: Children, request: str) -> str:
    async with children.child() as child:
        await child.ask(request)
        return (await child.hear()).strip()


async def gone(pid: int) -> None:
    """Waits until there is no such process, or it is only waiting to be reaped."""
    async with asyncio.timeout(10):
        while _state(pid) not in {"", "Z"}:  # noqa: ASYNC110 - nothing else tells
            await asyncio.sleep(0.01)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


async def test_a_child_answers_with_lines_and_is_kept_for_the_next_request(
    children: Children,
) -> None:
    async with children.child() as child:
        await child.ask("count 3")
        assert [int(await child.hear()) for _ in range(3)] == [0, 1, 2]
    assert await answer(children, "pid") == await answer(children, "pid")


async def test_what_a_library_prints_is_no_answer(children: Children) -> None:
    assert await answer(children, "print noise") == "printed"


async def test_requests_wait_for_a_free_child(children: Children) -> None:
    pids = await asyncio.gather(*(answer(children, "pid") for _ in range(3)))
    assert len(set(pids)) == 1


async def test_a_child_that_crashes_says_by_which_signal_and_is_replaced(
    children: Children,
) -> None:
    with pytest.raises(ChildFailed, match="ended by SIGSEGV") as failure:
        await answer(children, "die")
    assert failure.value.killed_by is signal.SIGSEGV
    assert await answer(children, "count 1") == "0"


async def test_a_child_that_leaves_says_why(children: Children) -> None:
    with pytest.raises(ChildFailed, match="ended with 1: cannot") as failure:
        await answer(children, "leave cannot go on")
    assert failure.value.killed_by is None


async def test_a_child_that_died_while_idle_fails_nobody(children: Children) -> None:
    pid = int(await answer(children, "pid"))
    os.kill(pid, signal.SIGKILL)
    await eventually(lambda: all(child.is_dead for child in children._alive))
    assert int(await answer(children, "pid")) != pid


async def test_interrupting_ends_the_child_and_all_it_has_started(children: Children) -> None:
    started: asyncio.Queue[int] = asyncio.Queue()

    async def work() -> None:
        async with children.child() as child:
            await child.ask("start sleep 60")
            await started.put(int(await child.hear()))
            await child.hear()

    task = asyncio.create_task(work())
    grandchild = await started.get()
    task.cancel()
    await asyncio.wait({task})
    await gone(grandchild)


async def test_closing_leaves_no_process(children: Children) -> None:
    pid = int(await answer(children, "pid"))
    await children.close()
    await gone(pid)


async def test_a_child_dies_with_its_parent_however_that_ends() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import asyncio; from pathlib import Path\n"
        "from common.children import Children\n"
        "async def main():\n"
        f"    async with Children('tests.child', Path({str(ROOT)!r}), 1).child() as child:\n"
        "        await child.ask('pid')\n"
        "        print(await child.hear(), flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())",
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    await gone(child)


async def test_a_child_knows_no_secret(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_PASSWORD", "hunter2")
    known = (await answer(children, "environment")).split()
    assert "OURS" in known
    assert "POSTGRES_PASSWORD" not in known


async def test_a_confined_child_cannot_grow_or_write_without_end(
    children: Children, tmp_path: Path
) -> None:
    assert await answer(children, f"grow {2 << 30}") == "out of memory"
    assert await answer(children, f"write {tmp_path / 'file'}") == "too large"


@pytest.mark.skipif(
    not Path("/proc/self/autogroup").exists(), reason="the kernel does not group by session here"
)
async def test_a_child_gives_way_among_processes_and_among_sessions(children: Children) -> None:
    ours = os.nice(0)
    assert await answer(children, "niceness") == f"{min(19, ours + 10)} 10"
