"""Settings from the environment (12-factor): SPEC §6, what all five services share."""

import sys
from enum import StrEnum
from typing import Annotated, Literal, NoReturn, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_KEY = "dev-api-key"
EXIT_BAD_SETTING = 2

_HOST = r"(\[[0-9a-fA-F:]+\]|[^\s,:\[\]/]+)(:\d{1,5})?"
_HTTP_URL = rf"^https?://{_HOST}(/\S*)?$"


class Role(StrEnum):
    """Which part of a service this process is."""

    ALL = "all"
    API = "api"
    WORKER = "worker"


class ServiceSettings(BaseSettings):
    """What every service reads; each adds its own, and its name, port and database."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    service_name: str
    port: Annotated[int, Field(ge=1, le=65535)]
    host: str = "0.0.0.0"  # noqa: S104 - a container's own network
    app_env: Literal["development", "production"] = "development"
    api_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    postgres_host: str = "localhost"
    postgres_port: Annotated[int, Field(ge=1, le=65535)] = 5433
    postgres_user: str = "postgres"
    postgres_password: SecretStr = SecretStr("postgres")
    postgres_db: str
    postgres_statement_timeout_s: Annotated[float, Field(gt=0, le=600)] = 10
    kafka_bootstrap_servers: Annotated[str, Field(pattern=rf"^{_HOST}(\s*,\s*{_HOST})*$")] = (
        "localhost:9092"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"
    storage_url: Annotated[str, Field(pattern=r"^(file:///|s3://[^/]+)")] = "file:///data/assets"
    poi_service_url: Annotated[str, Field(pattern=_HTTP_URL)] = "http://localhost:8001"
    asset_service_url: Annotated[str, Field(pattern=_HTTP_URL)] = "http://localhost:8002"
    role: Role = Role.ALL

    @property
    def api_keys(self) -> tuple[str, ...]:
        """The keys that open the API; the first is the one that calls to peers carry."""
        return tuple(
            key.strip() for key in self.api_key.get_secret_value().split(",") if key.strip()
        )

    def secret_values(self) -> tuple[str, ...]:
        """Every secret that this process was given, so that logs can mask them.

        Defaults are no secrets, and some are words.
        """
        fields = type(self).model_fields.items()
        given = (
            getattr(self, name) for name, field in fields if getattr(self, name) != field.default
        )
        return tuple(value.get_secret_value() for value in given if isinstance(value, SecretStr))

    @property
    def serves_api(self) -> bool:
        """Whether this process answers the service's endpoints."""
        return self.role is not Role.WORKER

    @property
    def works(self) -> bool:
        """Whether this process consumes events and runs jobs."""
        return self.role is not Role.API

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _keys_are_fit(self) -> Self:
        if not self.api_keys:
            raise ValueError("API_KEY needs at least one key")
        if not all(key.isascii() and key.isprintable() for key in self.api_keys):
            raise ValueError("API_KEY takes printable ASCII characters: a header holds no others")
        if self.app_env == "production" and DEVELOPMENT_KEY in self.api_keys:
            raise ValueError("API_KEY must not be the development key when APP_ENV=production")
        return self


class BadSetting(Exception):  # noqa: N818 - says what it is
    """A setting that looked right and yet cannot be worked with; names the variable."""

    def __init__(self, variable: str, reason: str) -> None:
        super().__init__(f"bad setting: {variable}: {reason}")


SettingsT = TypeVar("SettingsT", bound=ServiceSettings)


def load_settings(settings: type[SettingsT]) -> SettingsT:
    """Reads the environment; a bad value ends the process with one line that names it."""
    try:
        return settings()
    except ValidationError as error:
        refuse(_one_line(error))


def refuse(reason: str) -> NoReturn:
    """Ends the process for a bad setting, with one line."""
    sys.stderr.write(" ".join(reason.split()) + "\n")
    raise SystemExit(EXIT_BAD_SETTING)


def _one_line(error: ValidationError) -> str:
    reasons = []
    for problem in error.errors(include_input=False, include_url=False):
        variable = "".join(str(part).upper() for part in problem["loc"][:1])
        message = problem["msg"].removeprefix("Value error, ")
        reasons.append(f"{variable}: {message}" if variable else message)
    return "bad setting: " + "; ".join(reasons)
