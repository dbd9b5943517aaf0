"""What is configured: the only place that reads the environment.

`load_settings` fails with one sentence for each thing to mend; names, defaults and meanings are
in `server.settings_sections`, the checks across settings in `server.settings_checks`.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from server.settings_checks import find_problems
from server.settings_file import NO_FILE, SettingsFile
from server.settings_sections import (
    PROVIDER_NAMES,
    SECTIONS,
    ChannelSettings,
    DeskSettings,
    GroupsSettings,
    ModelSettings,
    PaceSettings,
    ServerSettings,
    StoreSettings,
    names_of,
    takes_numbered,
)
from tools.zoho.addresses import ZOHO_DOMAINS

NODE_MODELS = ("classify", "extract", "image", "follow_up", "assign")


class SettingsError(Exception):
    """The settings cannot be used; `problems` has one sentence for each thing to mend.

    `settings` is what remains with defaults in the place of unreadable values, for the doctor.
    """

    def __init__(self, problems: Sequence[str], settings: "Settings | None" = None) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
        self.settings = settings


@dataclass(frozen=True)
class Provider:
    """One way to reach models; `local` has no address and no key."""

    name: str
    base_url: str = ""
    model: str = ""
    keys: tuple[SecretStr, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether it has what a call needs; an OpenAI-compatible one may need no key."""
        if self.name == "compatible":
            return bool(self.base_url and self.model)
        return self.name == "local" or bool(self.keys)


class Settings(
    ServerSettings,
    StoreSettings,
    ModelSettings,
    DeskSettings,
    ChannelSettings,
    GroupsSettings,
    PaceSettings,
    BaseSettings,
):
    """All settings of one process; made by `load_settings`, or in tests by keyword."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True
    )

    file: SettingsFile = NO_FILE
    """What RECADO_SETTINGS_FILE holds."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: `load_settings` reads, since it numbers keys and merges files."""
        return (init_settings,)

    @property
    def mode(self) -> Literal["demo", "real"]:
        """As asked for; otherwise real as soon as anything of a channel is configured."""
        return self.requested_mode or ("real" if self.channels else "demo")

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of which anything is configured."""
        named = {
            "waha": (self.waha_url, self.waha_hmac_key),
            "baileys": (self.bridge_url, self.bridge_secret),
            "whatsapp": (self.whatsapp_token, self.whatsapp_app_secret),
            "telegram": (self.telegram_bot_token, self.telegram_webhook_secret),
        }
        return tuple(name for name, parts in named.items() if any(parts))

    @property
    def needs_zoho_stand_in(self) -> bool:
        """Demo without another desk named: credentials alone never reach a real portal there."""
        return self.mode == "demo" and self.zoho_desk_url is None

    @property
    def needs_waha_stand_in(self) -> bool:
        """Demo without another WAHA server named."""
        return self.mode == "demo" and self.waha_url is None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the dates that are said and read."""
        return ZoneInfo(self.tz)

    @property
    def desk_origin(self) -> str:
        """Where the Desk API answers, without a slash at the end."""
        return (self.zoho_desk_url or f"https://desk.{ZOHO_DOMAINS[self.zoho_dc]}").rstrip("/")

    @property
    def accounts_origin(self) -> str:
        """Where Zoho's OAuth answers, without a slash at the end."""
        chosen = self.zoho_accounts_url or f"https://accounts.{ZOHO_DOMAINS[self.zoho_dc]}"
        return chosen.rstrip("/")

    @property
    def media_dir(self) -> Path:
        """Where attachments are kept when MEDIA_URL is unset."""
        return self.data_dir / "media"

    @property
    def node_models(self) -> dict[str, str]:
        """The 'provider:model' of the nodes that have one of their own."""
        chosen = {node: getattr(self, f"model_{node}") for node in NODE_MODELS}
        return {node: model for node, model in chosen.items() if model}

    def provider(self, name: str) -> Provider:
        """The provider of this name. Raises KeyError for an unknown one."""
        name = PROVIDER_NAMES[name.lower()]
        if name == "local":
            return Provider("local")
        return Provider(
            name,
            (getattr(self, f"{name}_base_url") or "").rstrip("/"),
            getattr(self, f"{name}_model") or "",
            getattr(self, f"{name}_api_keys"),
        )

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The providers in the order of failover."""
        if self.ai_providers:
            return tuple(self.provider(name) for name in self.ai_providers)
        known = [self.provider(name) for name in dict.fromkeys(PROVIDER_NAMES.values())]
        return tuple(one for one in known if one.is_usable)


def load_settings(
    env_file: Path | None = Path(".env"), environ: Mapping[str, str] | None = None
) -> Settings:
    """Read the environment over `env_file`; a name set to nothing counts as unset.

    `environ` stands in for the process's environment. Raises SettingsError with every problem.
    """
    values: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        held = dotenv_values(env_file, interpolate=False)
        values.update({name: value for name, value in held.items() if value})
    given = os.environ if environ is None else environ
    values.update({name: value for name, value in given.items() if value})

    fields = _fields_of(values)
    problems: list[str] = []
    try:
        settings = Settings(**fields)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_sentence(detail, fields) for detail in details]
        for detail in details:
            fields.pop(str(detail["loc"][0]), None)
        settings = Settings(**fields)
    problems = list(dict.fromkeys(problems))
    if settings.settings_file is not None:
        file, found = SettingsFile.read(settings.settings_file)
        settings = settings.model_copy(update={"file": file})
        problems += found
    problems += find_problems(settings)
    if problems:
        raise SettingsError(problems, settings)
    return settings


def _fields_of(values: Mapping[str, str]) -> dict[str, Any]:
    """The values by their chief environment name; several keys of one kind joined in order."""
    fields: dict[str, Any] = {}
    for section in SECTIONS:
        for field in section.model_fields:
            chief, *others = names_of(section, field)
            found = [values[name] for name in (chief, *others) if name in values][:1]
            if takes_numbered(section, field):
                for name in (chief, *others):
                    found += _numbered(values, name)
                found = [",".join(found)] if found else []
            if found:
                fields[chief] = found[0].strip()
    if fields.get("TZ", "").startswith(":"):
        fields["TZ"] = fields["TZ"][1:]
    return fields


def _numbered(values: Mapping[str, str], name: str) -> list[str]:
    """The values of NAME_1, NAME_2 and so on, in the order of their numbers."""
    tails = (other.removeprefix(f"{name}_") for other in values if other.startswith(f"{name}_"))
    return [values[f"{name}_{tail}"] for tail in sorted(filter(str.isdecimal, tails), key=int)]


def _sentence(detail: ErrorDetails, fields: Mapping[str, Any]) -> str:
    """What is wrong with one value and what to write instead; secrets have no failing shapes."""
    name = str(detail["loc"][0])
    value, kind, context = fields.get(name), detail["type"], detail.get("ctx", {})
    if kind == "greater_than_equal" and context.get("ge") == 0:
        return f"{name} is {value}, and must not be negative."
    if kind in {"greater_than_equal", "less_than_equal", "greater_than"}:
        return f"{name} is {value}, which is out of range: {_lower(detail['msg'])}."
    if kind.startswith(("float_", "int_", "finite_")):
        return f'{name} is "{value}", which is not a number that can be used here.'
    if kind == "literal_error":
        return f'{name} is "{value}": use {context.get("expected")}.'
    if kind.startswith("bool_"):
        return f'{name} is "{value}": use true or false.'
    if kind == "value_error":
        return f"{name} {context.get('error')}."
    return f"{name} cannot be used: {_lower(detail['msg'])}."


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def tell_langsmith(settings: Settings, environ: MutableMapping[str, str] = os.environ) -> None:
    """Put what is set of LangSmith where it reads it, once, when a graph first runs.

    Off is said too, under the name that is asked first: what the machine's other programs were
    told (LANGCHAIN_TRACING_V2) must not send what these groups write anywhere.
    """
    for name in ("LANGSMITH_TRACING_V2", "LANGSMITH_TRACING"):
        environ[name] = str(settings.langsmith_tracing).lower()
    if settings.langsmith_tracing and settings.langsmith_api_key is not None:
        environ["LANGSMITH_API_KEY"] = settings.langsmith_api_key.get_secret_value()


def secret_key(settings: Settings) -> bytes:
    """RECADO_SECRET_KEY, or the one kept in the data directory, made there at first start.

    Two processes that start at once get the same one. Raises OSError when it cannot be kept.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    kept = settings.data_dir / "secret-key"
    if not kept.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=settings.data_dir, prefix=".secret-key-")
        try:
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(48))
                out.flush()
                os.fsync(out.fileno())
            os.link(draft, kept)
        except FileExistsError:
            pass  # another process was first: its key is the one
        finally:
            os.unlink(draft)
    return kept.read_text().strip().encode()
