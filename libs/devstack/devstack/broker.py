"""A broker in memory that speaks Kafka's protocol: librdkafka's mock cluster.

It creates topics when they are first named, and forgets everything when it ends. `python -m
devstack.broker` runs one until its standard input ends, and prints its address.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Producer

_ANSWER_TIMEOUT_S = 10.0


@contextmanager
def running_broker() -> Iterator[str]:
    """The bootstrap address of a broker that lives for the block."""
    producer = Producer({"test.mock.num.brokers": 1, "log_level": 0})
    address = next(iter(producer.list_topics(timeout=_ANSWER_TIMEOUT_S).brokers.values()))
    yield f"{address.host}:{address.port}"
    producer.flush()


def main() -> None:
    """The command."""
    with running_broker() as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
