"""Request bodies that are files: raw, or within a form; written to disk as they arrive."""

import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from app.services.spool import IncomingFile
from common.errors import AppError, UnsupportedMediaType

#: What a form may hold besides its file: more than its fields can need.
MAX_FORM_BYTES = 64 * 1024

#: More fields than a form can need: each is kept until the end, and told when it is unknown.
_MAX_FIELDS = 20

_MAX_FILE_NAME_CHARS = 255


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, and what its file was called by the sender ("" when it was not)."""

    fields: dict[str, str]
    file_name: str


async def receive_body(request: Request, file: IncomingFile) -> None:
    """Writes the whole body to `file`.

    Raises AppError `upload_interrupted` when the sender goes away.
    """
    async for piece in _pieces(request):
        await file.write(piece)


async def receive_form(request: Request, file: IncomingFile) -> Form:
    """Writes the part `file` of a multipart form to `file`; its fields may come before or after.

    Raises UnsupportedMediaType for what is no such form, RequestValidationError for one that is
    broken, and AppError `upload_interrupted`.
    """
    reader = _FormReader(_boundary(request))
    async for piece in _pieces(request):
        for data in reader.file_data_in(piece):
            await file.write(data)
    return reader.form()


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except ClientDisconnect:
        raise AppError("the upload broke off", code="upload_interrupted") from None


def _boundary(request: Request) -> bytes:
    content_type, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if content_type != b"multipart/form-data" or not boundary:
        raise UnsupportedMediaType("send multipart/form-data, with a boundary")
    return boundary


class _FormReader:
    """Tells a form's fields from its file, piece by piece; it keeps the fields."""

    def __init__(self, boundary: bytes) -> None:
        self._fields: dict[str, str] = {}
        self._file_name: str | None = None
        self._file_data: list[bytes] = []
        self._headers: dict[bytes, bytes] = {}
        self._header = bytearray()
        self._header_value = bytearray()
        self._part = ""
        self._value = bytearray()
        self._kept_bytes = 0
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
        )

    def file_data_in(self, piece: bytes) -> list[bytes]:
        """What of this piece of the body belongs to the file."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise _invalid(f"this is no multipart form: {error}") from error
        data, self._file_data = self._file_data, []
        return data

    def form(self) -> Form:
        """The form, once its whole body has been read."""
        if not self._ended:
            raise _invalid("the form ends before its closing boundary")
        if self._file_name is None:
            raise _invalid("the form needs a part named file", "file")
        return Form(self._fields, self._file_name)

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._header_value)
        self._header.clear()
        self._header_value.clear()

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._headers = {}
        self._part = _text(options.get(b"name", b""))
        if not self._part:
            raise _invalid("a part of the form has no name")
        if self._part in self._fields or (self._part == "file" and self._file_name is not None):
            raise _invalid("comes more than once", self._part)
        if len(self._fields) == _MAX_FIELDS:
            raise _invalid(f"a form has at most {_MAX_FIELDS} fields")
        if self._part == "file":
            self._file_name = _file_name(options.get(b"filename", b""))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._part == "file":
            self._file_data.append(data[start:end])
            return
        self._kept_bytes += end - start
        if self._kept_bytes > MAX_FORM_BYTES:
            raise _invalid("is too long", self._part)
        self._value += data[start:end]

    def _on_part_end(self) -> None:
        if self._part != "file":
            self._fields[self._part] = _text(bytes(self._value))
        self._value.clear()

    def _on_end(self) -> None:
        self._ended = True


def _text(value: bytes) -> str:
    """UTF-8, as browsers send it, or else Latin-1, which every byte is."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _file_name(value: bytes) -> str:
    """The last part of a path, composed as people type it and without control characters."""
    name = unicodedata.normalize("NFC", _text(value)).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(shown.split())[-_MAX_FILE_NAME_CHARS:]


def _invalid(reason: str, *where: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", *where), "msg": reason, "type": "form"}])
