"""SQLAlchemy Core statements as the SQL text and parameters that psycopg takes.

SQLAlchemy builds and checks the statement, psycopg runs it: executing through SQLAlchemy costs
35–50 % of the requests per second of a one-row read (docs/adr/0003). A statement that never
changes is compiled once, with `prepare`; one that is put together per request is compiled then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

DIALECT = psycopg_dialect.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled statement: SQL with named placeholders, and the values that it fixes."""

    sql: bytes
    fixed: Mapping[str, Any]

    def bind(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters of one execution: the fixed values and the given ones."""
        return {**self.fixed, **params} if self.fixed else params


def prepare(statement: ClauseElement, columns: Sequence[str] | None = None) -> Prepared:
    """Compiles `statement`; `columns` names those that an INSERT or UPDATE sets by parameter."""
    compiled = statement.compile(
        dialect=DIALECT, column_keys=columns, compile_kwargs={"render_postcompile": True}
    )
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"{type(statement).__name__} is not a statement with parameters")
    given_later = {name for name, bind in compiled.binds.items() if bind.required}
    values = compiled.construct_params(_check=False)
    fixed = {name: value for name, value in values.items() if name not in given_later}
    return Prepared(compiled.string.encode(), fixed)
