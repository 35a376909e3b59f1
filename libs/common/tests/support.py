"""What the tests of common share."""

import asyncio
import contextlib
import inspect
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
import psycopg
from aiokafka import AIOKafkaConsumer, TopicPartition
from prometheus_client import REGISTRY

from common.clock import utc_now
from common.config import ServiceSettings
from common.ids import new_id
from common.kafka.consumer import received
from common.kafka.records import ReceivedRecord
from contracts.poi import Facts, Poi, PoiStatus
from devstack.postgres import PostgresServer

_READ_TIMEOUT_S = 20


def make_poi(name: str = "Maison") -> Poi:
    """A property with nothing special."""
    now = utc_now()
    return Poi(
        id=new_id(),
        name=name,
        description="",
        address="",
        lat=None,
        lon=None,
        poi_type="house",
        tags=(),
        facts=Facts(),
        agency=None,
        status=PoiStatus.DRAFT,
        version=1,
        created_at=now,
        updated_at=now,
    )


@dataclass(frozen=True)
class Seen:
    """A record as a test looks at it."""

    record: ReceivedRecord

    @property
    def key(self) -> bytes | None:
        return self.record.key

    @property
    def headers(self) -> dict[str, str]:
        return {name: value.decode() for name, value in self.record.headers}

    @property
    def event_id(self) -> UUID | None:
        try:
            return UUID(self.json()["event_id"])
        except (ValueError, KeyError, TypeError):
            return None

    def json(self) -> Any:
        return json.loads(self.record.value or b"null")


class Topics:
    """Reads topics from their beginning, outside of any group."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._bootstrap_servers = bootstrap_servers

    async def read(self, topic: str, event_ids: set[UUID], *, copies: int = 1) -> list[Seen]:
        """The records of these events, in the order of their partition, once all are there."""
        return await self._read(topic, lambda s: s.event_id in event_ids, copies * len(event_ids))

    async def read_keyed(self, topic: str, key: bytes, count: int = 1) -> list[Seen]:
        """The records with this key, once there are so many."""
        return await self._read(topic, lambda s: s.key == key, count)

    async def _read(self, topic: str, wanted: Callable[[Seen], bool], count: int) -> list[Seen]:
        found: list[Seen] = []
        async with asyncio.timeout(_READ_TIMEOUT_S), self._reader(topic) as reader:
            while len(found) < count:
                batches = await reader.getmany(timeout_ms=200)
                seen = [Seen(received(r)) for records in batches.values() for r in records]
                found += [s for s in seen if wanted(s)]
        return found

    @asynccontextmanager
    async def _reader(self, topic: str) -> AsyncIterator[AIOKafkaConsumer]:
        reader = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap_servers, auto_offset_reset="earliest"
        )
        await reader.start()
        try:
            while not (partitions := reader.partitions_for_topic(topic)):
                await reader._client.force_metadata_update()
                reader._client.add_topic(topic)
                await asyncio.sleep(0.05)
            reader.assign([TopicPartition(topic, partition) for partition in partitions])
            yield reader
        finally:
            await reader.stop()


async def eventually(claim: Callable[[], bool], *, within_s: float = 20) -> None:
    """Waits until the claim holds; raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not claim():  # noqa: ASYNC110 - what a claim looks at tells nobody
            await asyncio.sleep(0.02)


def counted(name: str, **labels: str) -> float:
    """What a metric of this process stands at."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def kafka_tasks() -> set[asyncio.Task[Any]]:
    """What Kafka clients are at."""
    return {task for task in asyncio.all_tasks() if "/aiokafka/" in _source(task)}


def _source(task: asyncio.Task[Any]) -> str:
    coroutine = task.get_coro()
    return inspect.getfile(coroutine.cr_code) if inspect.iscoroutine(coroutine) else ""


class DatabaseGate:
    """A door to a PostgreSQL server: shut, it is as if the server had been shut down."""

    def __init__(self, settings: ServiceSettings, folder: Path) -> None:
        self._server = settings
        self._door = folder / ".s.PGSQL.5432"
        self._name = f"gated-{new_id()}"[:60]
        self.settings = settings.model_copy(
            update={"postgres_host": str(folder), "service_name": self._name}
        )

    def open(self) -> None:
        """Lets connections through."""
        self._door.symlink_to(Path(self._server.postgres_host) / self._door.name)

    def shut(self) -> None:
        """Ends the connections as a server that stops does, and refuses new ones."""
        self._door.unlink()
        with psycopg.connect(
            host=self._server.postgres_host, user="postgres", dbname="postgres"
        ) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE application_name = %s",
                [self._name],
            )


class BrokerGate:
    """A port to bootstrap from before a broker: shut, it is as if the broker were not there."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._host, _, port = bootstrap_servers.partition(":")
        self._port = int(port)
        self._own = 0
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._own}"

    async def open(self) -> None:
        """Lets connections through, always on the same port."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._own)
        self._own = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Refuses new connections."""
        if self._server is not None:
            self._server.close()

    async def _relay(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far, far_out = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(_copy(near, far_out), _copy(far, near_out))


class FreezableBroker:
    """A broker in a process of its own, which can be stopped in the middle of all it does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "devstack.broker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def freeze(self) -> None:
        """Connections stay, and nothing is answered any more."""
        self._process.send_signal(signal.SIGSTOP)
        os.waitpid(self._process.pid, os.WUNTRACED)

    def end(self) -> None:
        """Ends it, frozen or not."""
        self._process.kill()
        self._process.communicate()


class FreezablePostgres:
    """A server of the test's own, which can be stopped in the middle of all it does."""

    def __init__(self, server: PostgresServer) -> None:
        self.host = server.host
        self._main = psutil.Process(server.process.pid)
        self._frozen: list[psutil.Process] = []

    def freeze(self) -> None:
        """Connections stay, new ones are let in, and nothing is answered any more."""
        self._main.suspend()  # the first, so that it starts no others
        self._frozen = [self._main, *self._main.children(recursive=True)]
        for process in self._frozen:
            process.suspend()

    def thaw(self) -> None:
        """Goes on as if nothing had been."""
        while self._frozen:
            self._frozen.pop().resume()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):  # either side may go
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    target.close()
