"""Every setting by its name outside, default and meaning, in the sections of `.env.example`.

`server.settings` reads and checks them; nothing else reads the environment.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, SecretStr

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[int, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]

PROVIDER_NAMES: Mapping[str, str] = {
    "openai": "openai",
    "gemini": "gemini",
    "google": "gemini",
    "xai": "xai",
    "grok": "xai",
    "groq": "groq",
    "openrouter": "openrouter",
    "compatible": "compatible",
    "local": "local",
}
"""What a provider may be called, and its one name inside."""

_SIZES: Mapping[str, int] = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}


def split_list(value: object) -> object:
    """Texts between commas, trimmed, without empty ones; anything but a text is left alone."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def read_size(value: object) -> object:
    """Bytes, from a number or from a text such as '2 MB'. Raises ValueError with a sentence."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMG]?B)?\s*", value, re.IGNORECASE)
    if not found:
        raise ValueError(f'is "{value}", which is not a size: give bytes, or a text such as 2 MB')
    return int(float(found[1]) * _SIZES[(found[2] or "").upper()])


Names = Annotated[tuple[str, ...], BeforeValidator(split_list)]
Keys = Annotated[tuple[SecretStr, ...], BeforeValidator(split_list)]
Size = Annotated[int, BeforeValidator(read_size), Field(gt=0)]


def named(name: str, default: Any, meaning: str, *others: str) -> Any:
    """A field read from the environment name `name`, or from one of `others` when it is unset."""
    return Field(default=default, validation_alias=AliasChoices(name, *others), description=meaning)


class ServerSettings(BaseModel):
    """Server"""

    host: str = named("RECADO_HOST", "127.0.0.1", "address the server listens on")
    port: Annotated[int, Field(ge=0, le=65535)] = named("RECADO_PORT", 8000, "port of the server")
    requested_mode: Literal["demo", "real"] | None = named(
        "RECADO_MODE", None, "demo or real; unset: real as soon as a channel is configured"
    )
    tz: str = named("TZ", "UTC", "time zone of the dates that are said and read")
    language: str = named("RECADO_LANGUAGE", "es", "language of the groups")
    data_dir: Path = named(
        "RECADO_DATA_DIR", Path(".recado"), "embedded Postgres, Chroma, media and stand-ins"
    )
    secret: SecretStr | None = named(
        "RECADO_SECRET_KEY",
        None,
        "signs tokens and encrypts secrets at rest; unset: made at first start in the data dir",
    )
    api_keys: Keys = named(
        "RECADO_API_KEY", (), "keys of clients; required when the address is not loopback"
    )
    settings_file: Path | None = named(
        "RECADO_SETTINGS_FILE", None, "TOML file with settings for each group"
    )
    workers_in_server: Count = named(
        "RECADO_WORKERS_IN_SERVER", 1, "workers inside `recado serve`; 0: only `recado worker`"
    )
    worker_metrics_port: Annotated[int, Field(gt=0, le=65535)] | None = named(
        "RECADO_WORKER_METRICS_PORT",
        None,
        "where a `recado worker` serves /metrics; unset: nowhere",
    )
    worker_concurrency: Positive = named("WORKER_CONCURRENCY", 10, "jobs at once in one worker")
    log_level: Literal["debug", "info", "warning", "error"] = named(
        "RECADO_LOG_LEVEL", "info", "debug, info, warning or error"
    )
    log_format: Literal["auto", "json", "text"] = named(
        "RECADO_LOG_FORMAT", "auto", "json, text, or auto: text on a terminal"
    )


class StoreSettings(BaseModel):
    """Databases and files"""

    database_url: SecretStr | None = named("DATABASE_URL", None, "Postgres; unset: embedded")
    database_pool_size: Positive = named("DATABASE_POOL_SIZE", 10, "connections of one process")
    redis_url: SecretStr | None = named(
        "REDIS_URL", None, "Redis or Valkey; unset: limits, health and caches per process"
    )
    chroma_url: str | None = named(
        "CHROMA_URL", None, "Chroma server; unset: `recado serve` runs one on loopback"
    )
    chroma_api_key: SecretStr | None = named("CHROMA_API_KEY", None, "key of the Chroma server")
    media_url: str | None = named(
        "MEDIA_URL", None, "s3://bucket/prefix for several machines; unset: the data dir"
    )
    media_max_bytes: Size = named("MEDIA_MAX_BYTES", 20 * 1024**2, "largest attachment taken in")
    webhook_max_bytes: Size = named("WEBHOOK_MAX_BYTES", 2 * 1024**2, "largest webhook body")
    retention_days: Positive = named(
        "RETENTION_DAYS", 90, "days that closed matters are kept (not built yet: they stay)"
    )


class ModelSettings(BaseModel):
    """Models. Several keys, by commas or numbered _1, _2, take turns"""

    ai_providers: Names = named(
        "AI_PROVIDERS",
        (),
        "order of failover: openai, gemini, grok, groq, openrouter, compatible, local;"
        " unset: those with a key, then local",
        "AI_PROVIDER",
    )
    openai_api_keys: Keys = named("OPENAI_API_KEY", (), "keys of OpenAI")
    openai_base_url: str = named("OPENAI_BASE_URL", "https://api.openai.com/v1", "its address")
    openai_model: str = named("OPENAI_MODEL", "gpt-4o-mini", "its model")
    gemini_api_keys: Keys = named("GEMINI_API_KEY", (), "keys of Gemini", "GOOGLE_API_KEY")
    gemini_base_url: str = named(
        "GEMINI_BASE_URL", "https://generativelanguage.googleapis.com", "its address"
    )
    gemini_model: str = named("GEMINI_MODEL", "gemini-3.5-flash", "its model")
    xai_api_keys: Keys = named("XAI_API_KEY", (), "keys of Grok", "GROK_API_KEY")
    xai_base_url: str = named("XAI_BASE_URL", "https://api.x.ai/v1", "its address")
    xai_model: str = named("XAI_MODEL", "grok-4", "its model")
    groq_api_keys: Keys = named("GROQ_API_KEY", (), "keys of Groq")
    groq_base_url: str = named("GROQ_BASE_URL", "https://api.groq.com/openai/v1", "its address")
    groq_model: str = named("GROQ_MODEL", "llama-3.3-70b-versatile", "its model")
    openrouter_api_keys: Keys = named("OPENROUTER_API_KEY", (), "keys of OpenRouter")
    openrouter_base_url: str = named(
        "OPENROUTER_BASE_URL", "https://openrouter.ai/api/v1", "its address"
    )
    openrouter_model: str = named("OPENROUTER_MODEL", "openai/gpt-4o-mini", "its model")
    compatible_api_keys: Keys = named(
        "COMPATIBLE_API_KEY", (), "keys of any OpenAI-compatible address, where it wants one"
    )
    compatible_base_url: str | None = named("COMPATIBLE_BASE_URL", None, "its address")
    compatible_model: str | None = named("COMPATIBLE_MODEL", None, "its model")
    model_classify: str | None = named(
        "MODEL_CLASSIFY", None, "provider and model of this node, such as gemini:gemini-3.5-flash"
    )
    model_extract: str | None = named("MODEL_EXTRACT", None, "likewise")
    model_image: str | None = named("MODEL_IMAGE", None, "likewise, for pictures")
    model_follow_up: str | None = named("MODEL_FOLLOW_UP", None, "likewise, for open incidents")
    model_assign: str | None = named(
        "MODEL_ASSIGN",
        None,
        "likewise, for messages that may belong to either of two places; local: nobody is asked",
    )
    close_call_seconds: Seconds = named(
        "CLOSE_CALL_SECONDS", 8.0, "such a message waits so long for a model; 0: nobody is asked"
    )
    close_calls_per_hour: Count = named(
        "CLOSE_CALLS_PER_HOUR", 60, "so often a model is asked of them, all groups together"
    )
    model_timeout_seconds: Seconds = named("MODEL_TIMEOUT_SECONDS", 30.0, "longest model call")
    similarity_threshold: Annotated[float, Field(ge=0, le=1)] | None = named(
        "SIMILARITY_THRESHOLD", None, "0 to 1: how alike a past case must be; unset: as fitted"
    )
    langsmith_api_key: SecretStr | None = named("LANGSMITH_API_KEY", None, "key of LangSmith")
    langsmith_tracing: bool = named(
        "LANGSMITH_TRACING", False, "send traces to LangSmith, with what people write"
    )


class DeskSettings(BaseModel):
    """Zoho Desk. The first five are required unless the mode is demo"""

    zoho_client_id: str | None = named("ZOHO_CLIENT_ID", None, "OAuth client")
    zoho_client_secret: SecretStr | None = named("ZOHO_CLIENT_SECRET", None, "its secret")
    zoho_refresh_token: SecretStr | None = named(
        "ZOHO_REFRESH_TOKEN", None, "from `recado zoho connect`"
    )
    zoho_org_id: str | None = named("ZOHO_ORG_ID", None, "organisation")
    zoho_department_id: str | None = named("ZOHO_DEPARTMENT_ID", None, "department of the tickets")
    zoho_dc: str = named("ZOHO_DC", "us", "data centre: us, eu, in, au, jp, cn, ca, sa, sg or ae")
    zoho_webhook_id: str | None = named("ZOHO_WEBHOOK_ID", None, "checked in Zoho's webhooks")
    zoho_desk_url: str | None = named(
        "ZOHO_DESK_URL", None, "other origin than the data centre's, without path"
    )
    zoho_accounts_url: str | None = named("ZOHO_ACCOUNTS_URL", None, "likewise, for OAuth")
    desk_notice_seconds: Seconds = named(
        "DESK_NOTICE_SECONDS", 60.0, "a ticket that waits longer is announced to the group"
    )
    desk_retry_seconds: Seconds = named("DESK_RETRY_SECONDS", 300.0, "retry a queued ticket after")
    desk_settle_seconds: Seconds = named(
        "DESK_SETTLE_SECONDS", 60.0, "look again for an unknown outcome after"
    )
    desk_poll_seconds: Seconds = named("DESK_POLL_SECONDS", 300.0, "poll status changes every")


class ChannelSettings(BaseModel):
    """Channels"""

    waha_url: str | None = named("WAHA_URL", None, "WAHA server")
    waha_api_key: SecretStr | None = named("WAHA_API_KEY", None, "its key")
    waha_hmac_key: SecretStr | None = named("WAHA_HMAC_KEY", None, "signs its webhooks")
    waha_session: str = named("WAHA_SESSION", "default", "its session")
    bridge_url: str | None = named("BRIDGE_URL", None, "our Baileys bridge")
    bridge_secret: SecretStr | None = named("BRIDGE_SECRET", None, "signs both ways")
    whatsapp_app_secret: SecretStr | None = named(
        "WHATSAPP_APP_SECRET", None, "WhatsApp Cloud API: signs its webhooks"
    )
    whatsapp_verify_token: SecretStr | None = named(
        "WHATSAPP_VERIFY_TOKEN", None, "answers its verification"
    )
    whatsapp_token: SecretStr | None = named("WHATSAPP_TOKEN", None, "access token")
    whatsapp_phone_number_id: str | None = named("WHATSAPP_PHONE_NUMBER_ID", None, "sender's id")
    whatsapp_api_url: str = named(
        "WHATSAPP_API_URL", "https://graph.facebook.com/v23.0", "address of the Cloud API"
    )
    telegram_bot_token: SecretStr | None = named("TELEGRAM_BOT_TOKEN", None, "Telegram bot")
    telegram_webhook_secret: SecretStr | None = named(
        "TELEGRAM_WEBHOOK_SECRET", None, "comes with its webhooks"
    )
    telegram_api_url: str = named("TELEGRAM_API_URL", "https://api.telegram.org", "its address")


class GroupsSettings(BaseModel):
    """Groups and people. Lists are separated by commas"""

    groups: Names = named("GROUPS", (), "ids of the groups served; unset: every group that writes")
    human_support: Names = named(
        "HUMAN_SUPPORT", (), "whom an escalation mentions: digits or id; by group in the file"
    )
    support_staff: Names = named(
        "SUPPORT_STAFF", (), "people whose messages open no incidents: digits or id"
    )


class PaceSettings(BaseModel):
    """Pace. Fractions of a second and 0 are allowed"""

    quiet_seconds: Seconds = named("QUIET_SECONDS", 20.0, "a burst is ripe after this silence")
    longest_wait_seconds: Seconds = named("LONGEST_WAIT_SECONDS", 60.0, "and after this at most")
    reask_seconds: Seconds = named("REASK_SECONDS", 1800.0, "between askings of one field")
    max_reasks: Count = named("MAX_REASKS", 3, "askings after the first, then a person")
    close_after_seconds: Seconds = named(
        "CLOSE_AFTER_SECONDS", 86400.0, "an unanswered incident closes after"
    )
    reopen_within_seconds: Seconds = named(
        "REOPEN_WITHIN_SECONDS", 172800.0, "a resolved incident reopens within"
    )
    doubt_times: Seconds = named(
        "DOUBT_TIMES",
        4.5,
        "a question about what may be no incident waits so many times QUIET_SECONDS; 0: none",
    )
    lead_in_seconds: Seconds = named(
        "LEAD_IN_SECONDS",
        600.0,
        "a photo or a store that somebody sent so shortly before their report goes along with it",
    )
    outage_urgent_stores: Positive = named(
        "OUTAGE_URGENT_STORES", 3, "an outage that so many stores report is urgent"
    )
    repeat_seconds: Seconds = named(
        "REPEAT_SECONDS", 120.0, "the same answer is not said twice in a group within; 0: it is"
    )
    group_messages_per_hour: Count = named(
        "GROUP_MESSAGES_PER_HOUR",
        60,
        "what the bot may say in one group; more waits, reminders are dropped; 0: no limit",
    )
    checkpoint_durability: Literal["exit", "sync", "async"] = named(
        "CHECKPOINT_DURABILITY", "exit", "exit, sync or async"
    )
    lease_seconds: Seconds = named("LEASE_SECONDS", 60.0, "hold on an incident, renewed")
    node_timeout_seconds: Seconds = named("NODE_TIMEOUT_SECONDS", 60.0, "longest node")
    turn_tries: Positive = named(
        "TURN_TRIES", 5, "runs of a turn that may fail before a person is given it"
    )


SECTIONS: tuple[type[BaseModel], ...] = (
    ServerSettings,
    StoreSettings,
    ModelSettings,
    DeskSettings,
    ChannelSettings,
    GroupsSettings,
    PaceSettings,
)


def names_of(section: type[BaseModel], field: str) -> tuple[str, ...]:
    """The environment names of a field, the chief one first."""
    alias = section.model_fields[field].validation_alias
    if not isinstance(alias, AliasChoices):
        raise TypeError(f"{section.__name__}.{field} has no environment name")
    return tuple(str(choice) for choice in alias.choices)


def takes_numbered(section: type[BaseModel], field: str) -> bool:
    """Whether the names of a field may be numbered: it holds several keys."""
    return field.endswith("_api_keys") or (section is ServerSettings and field == "api_keys")
