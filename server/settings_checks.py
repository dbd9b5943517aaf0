"""Checks across settings: what is half-set, contradictory, or still an example."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from server.settings_sections import PROVIDER_NAMES, SECTIONS, names_of
from tools.zoho.addresses import ZOHO_DOMAINS

if TYPE_CHECKING:
    from server.settings import Settings

_EXAMPLES = {"changeme", "example", "todo", "xxx"}
_URLS = (
    "CHROMA_URL",
    "OPENAI_BASE_URL",
    "GEMINI_BASE_URL",
    "XAI_BASE_URL",
    "GROQ_BASE_URL",
    "OPENROUTER_BASE_URL",
    "COMPATIBLE_BASE_URL",
    "ZOHO_DESK_URL",
    "ZOHO_ACCOUNTS_URL",
    "WAHA_URL",
    "BRIDGE_URL",
    "WHATSAPP_API_URL",
    "TELEGRAM_API_URL",
)
_ZOHO = (
    "ZOHO_CLIENT_ID",
    "ZOHO_CLIENT_SECRET",
    "ZOHO_REFRESH_TOKEN",
    "ZOHO_ORG_ID",
    "ZOHO_DEPARTMENT_ID",
)
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "WAHA": ("WAHA_URL", "WAHA_HMAC_KEY"),
    "the bridge": ("BRIDGE_URL", "BRIDGE_SECRET"),
    "the Cloud API": (
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "WHATSAPP_TOKEN",
        "WHATSAPP_PHONE_NUMBER_ID",
    ),
    "Telegram": ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"),
}

_NOT_BUILT_CHANNELS: Mapping[str, str] = {
    "baileys": "BRIDGE_URL or BRIDGE_SECRET",
    "whatsapp": "WHATSAPP_TOKEN or WHATSAPP_APP_SECRET",
    "telegram": "TELEGRAM_BOT_TOKEN or TELEGRAM_WEBHOOK_SECRET",
}


def find_problems(settings: Settings) -> list[str]:
    """One sentence for each thing that stops a start."""
    values = _values_by_name(settings)
    return [
        *_examples(values),
        *_addresses(settings, values),
        *_place_and_time(settings),
        *_desk(settings, values),
        *_channels(settings, values),
        *_not_built(settings),
        *_models(settings),
    ]


def _values_by_name(settings: Settings) -> dict[str, object]:
    return {
        names_of(section, field)[0]: getattr(settings, field)
        for section in SECTIONS
        for field in section.model_fields
    }


def _examples(values: Mapping[str, object]) -> Iterator[str]:
    """Secrets and Zoho's ids that nobody has filled in."""
    for name, value in values.items():
        held = value if isinstance(value, tuple) else (value,)
        for one in held:
            text = one.get_secret_value() if isinstance(one, SecretStr) else one
            is_own = isinstance(one, SecretStr) or name in _ZOHO
            if is_own and isinstance(text, str) and _is_example(text):
                yield f"{name} still has an example value: put your own there, or leave it unset."
                break


def _is_example(text: str) -> bool:
    plain = text.lower().strip().replace("-", "").replace("_", "").replace(" ", "")
    in_brackets = text.startswith("<") and text.endswith(">")
    return plain in _EXAMPLES or plain.startswith(("changeme", "your")) or in_brackets


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address stays on this machine."""
    if host is None or host == "localhost":
        return host is not None
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _addresses(settings: Settings, values: Mapping[str, object]) -> Iterator[str]:
    for name in _URLS:
        url = values[name]
        if not isinstance(url, str):
            continue
        try:
            parts = urlsplit(url)
            well_formed = parts.scheme in {"http", "https"} and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            well_formed = False
        if not well_formed:
            yield f'{name} is "{url}", which is not an address: write one such as https://host.'
            continue
        if not name.startswith("ZOHO_"):
            continue
        if parts.path.strip("/") or parts.query or parts.fragment:
            yield f'{name} is "{url}": give the origin alone, without a path.'
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            yield f'{name} is "{url}": http is allowed on loopback only, use https.'
    if settings.database_url and not settings.database_url.get_secret_value().startswith(
        ("postgresql://", "postgres://")
    ):
        yield "DATABASE_URL is not a Postgres address: write postgresql://user:password@host/name."
    if settings.redis_url and not settings.redis_url.get_secret_value().startswith(
        ("redis://", "rediss://", "unix://")
    ):
        yield "REDIS_URL is not a Redis address: write redis://host:6379/0."
    if settings.media_url is not None and not settings.media_url.startswith("s3://"):
        yield f'MEDIA_URL is "{settings.media_url}": only s3://bucket/prefix is known.'
    if not is_loopback(settings.host) and not settings.api_keys:
        yield (
            f"RECADO_HOST is {settings.host}, which others can reach, and no key is set:"
            " set RECADO_API_KEY, or listen on 127.0.0.1."
        )


def _place_and_time(settings: Settings) -> Iterator[str]:
    try:
        ZoneInfo(settings.tz)
    except (KeyError, ValueError, OSError):
        yield f'TZ is "{settings.tz}", which is no time zone: use a name such as Europe/Madrid.'
    if settings.quiet_seconds > settings.longest_wait_seconds:
        yield (
            f"QUIET_SECONDS ({settings.quiet_seconds:g}) is longer than LONGEST_WAIT_SECONDS"
            f" ({settings.longest_wait_seconds:g}): make it shorter, or the other longer."
        )
    secret = settings.secret
    if settings.mode == "real" and secret is not None and len(secret.get_secret_value()) < 16:
        yield "RECADO_SECRET_KEY is shorter than 16 characters: take a longer one, at random."


def _desk(settings: Settings, values: Mapping[str, object]) -> Iterator[str]:
    if settings.zoho_dc not in ZOHO_DOMAINS:
        yield f'ZOHO_DC is "{settings.zoho_dc}": use one of {", ".join(ZOHO_DOMAINS)}.'
    missing = [name for name in _ZOHO if not values[name]]
    state = "not set" if len(missing) == len(_ZOHO) else "half-set"
    # Who began to set it wants no toy, unless a demo is asked for by name.
    guessed = settings.requested_mode is None and state == "half-set"
    if missing and (settings.mode == "real" or guessed):
        yield (
            f"Zoho Desk is {state}: {_listed(missing)} missing; set all of it,"
            " or RECADO_MODE=demo to try Recado without Zoho."
        )


def _channels(settings: Settings, values: Mapping[str, object]) -> Iterator[str]:
    if settings.mode == "real" and not settings.channels:
        yield (
            "RECADO_MODE is real, but no channel is configured: set WAHA_URL and WAHA_HMAC_KEY,"
            " or another channel, or RECADO_MODE=demo."
        )
    for channel, names in _TOGETHER.items():
        missing = [name for name in names if not values[name]]
        # In demo the simulator may be given the key that it signs with.
        is_simulator = settings.mode == "demo" and missing == ["WAHA_URL"]
        if missing and len(missing) < len(names) and not is_simulator:
            there = [name for name in names if values[name]]
            yield (
                f"{_listed(there)} set, but {_listed(missing)} missing:"
                f" {channel} needs {' and '.join(names)}."
            )


def _not_built(settings: Settings) -> Iterator[str]:
    """What has a name already, and would be ignored: reports that nobody reads, files nobody has.

    Whoever builds one of them takes it away here.
    """
    for channel, name in _NOT_BUILT_CHANNELS.items():
        if channel in settings.channels:
            yield f"{name} is set, but this version has no such channel yet: unset it, use WAHA."
    if settings.media_url is not None:
        yield (
            "MEDIA_URL is set, but this version keeps files in RECADO_DATA_DIR alone: unset it,"
            " and let all processes share that directory."
        )


def _models(settings: Settings) -> Iterator[str]:
    unknown = [name for name in settings.ai_providers if name.lower() not in PROVIDER_NAMES]
    for name in unknown:
        yield f'AI_PROVIDERS names "{name}": use {", ".join(PROVIDER_NAMES)}.'
    wanted = {name: "AI_PROVIDERS" for name in settings.ai_providers if name not in unknown}
    for node, chosen in settings.node_models.items():
        name, _, model = chosen.partition(":")
        if name.lower() not in PROVIDER_NAMES or (not model and name != "local"):
            yield f'MODEL_{node.upper()} is "{chosen}": write provider:model, as openai:gpt-4o.'
        else:
            wanted.setdefault(name, f"MODEL_{node.upper()}")
    for name, where in wanted.items():
        provider = settings.provider(name)
        if provider.is_usable:
            continue
        needs = (
            "COMPATIBLE_BASE_URL and COMPATIBLE_MODEL are"
            if provider.name == "compatible"
            else f"{provider.name.upper()}_API_KEY is"
        )
        yield f"{where} names {name}, but {needs} not set."
    if settings.langsmith_tracing and settings.langsmith_api_key is None:
        yield "LANGSMITH_TRACING is true, but LANGSMITH_API_KEY is not set."


def _listed(names: list[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
