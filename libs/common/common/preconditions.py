"""Entity tags of versioned resources, and `If-Match` (RFC 9110, sections 8.8.3 and 13.1.1)."""

import re
from typing import Annotated

from fastapi import Depends, Header

_STRONG_TAG = re.compile(r'(?<!W/)"([^"]*)"')


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


async def _expected_versions(
    if_match: Annotated[
        str | None, Header(description="The ETag of the version that is being changed.")
    ] = None,
) -> frozenset[int] | None:
    if if_match is None or if_match.strip() == "*":
        return None
    tags = _STRONG_TAG.findall(if_match)
    return frozenset(int(tag) for tag in tags if tag.isdecimal() and len(tag) < 20)


#: The versions that the caller may have seen; None when it does not say, or takes any.
ExpectedVersions = Annotated[frozenset[int] | None, Depends(_expected_versions)]
