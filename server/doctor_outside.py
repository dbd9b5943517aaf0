"""What the doctor asks of everything outside: Redis, Chroma, channels, Zoho Desk and models.

Each check only reads; none of them prints a secret.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import httpx

from server.settings import Provider, Settings
from tools.zoho.addresses import ZOHO_DOMAINS

Check = tuple[str, Callable[[], Awaitable[str]]]
"""A name, and what answers a sentence when all is well and raises Trouble when not."""

_PATIENCE = 8.0
_REFUSED = (401, 403)


class Trouble(Exception):
    """Something to mend: what is wrong, and what to do about it, a sentence each."""

    def __init__(self, sentence: str, mend: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend


def outside_checks(settings: Settings) -> list[Check]:
    """One check for each thing that is configured."""
    checks: list[Check] = []
    if settings.redis_url:
        checks.append(("redis", partial(_redis, settings.redis_url.get_secret_value())))
    if settings.chroma_url:
        checks.append(("chroma", partial(_chroma, settings)))
    if settings.waha_url:
        checks.append(("waha", partial(_waha, settings)))
    if settings.bridge_url:
        checks.append(("bridge", partial(_bridge, settings.bridge_url)))
    if settings.whatsapp_token and settings.whatsapp_phone_number_id:
        checks.append(("whatsapp", partial(_whatsapp, settings)))
    if settings.telegram_bot_token:
        checks.append(("telegram", partial(_telegram, settings)))
    own_addresses = bool(settings.zoho_desk_url and settings.zoho_accounts_url)
    has_address = own_addresses or settings.zoho_dc in ZOHO_DOMAINS
    if not settings.needs_zoho_stand_in and has_address and _has_zoho(settings):
        checks.append(("zoho", partial(_zoho, settings)))
    for name in ("gemini", "xai"):
        if settings.provider(name).is_usable:
            checks.append((name, partial(_not_built, name)))
    for name in ("openai", "groq", "openrouter", "compatible"):
        provider = settings.provider(name)
        if provider.is_usable:
            checks.append((name, partial(_models, provider)))
    return checks


async def _not_built(name: str) -> str:
    raise Trouble(
        f"This version cannot ask {name} yet: its key is set, and it is skipped.",
        "Use OPENAI_API_KEY, OPENROUTER_API_KEY or another that is OpenAI-compatible.",
    )


def _has_zoho(settings: Settings) -> bool:
    return bool(
        settings.zoho_client_id
        and settings.zoho_client_secret
        and settings.zoho_refresh_token
        and settings.zoho_org_id
        and settings.zoho_department_id
    )


async def _ask(
    what: str,
    name: str,
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    hidden: bool = False,
) -> httpx.Response:
    """The answer of `what`, whose address is the setting `name`; `hidden` when it has a secret."""
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            return await client.request(method, url, headers=headers, data=form)
    except httpx.TimeoutException as error:
        raise Trouble(f"{what} does not answer in time.", f"Look at it, and at {name}.") from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        shown = "its address" if hidden else url
        raise Trouble(
            f"{what} cannot be reached at {shown}.", f"Start it, or correct {name}."
        ) from error


def _body(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer, or an empty one."""
    try:
        held = answer.json()
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _unexpected(what: str, answer: httpx.Response, name: str) -> Trouble:
    return Trouble(
        f"{what} answers {answer.status_code}, which was not expected.",
        f"Look whether {name} is the right address, and at its log.",
    )


async def _redis(url: str) -> str:
    import redis.asyncio
    from redis.exceptions import AuthenticationError, RedisError

    try:
        client = redis.asyncio.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        try:
            # Typed for both kinds of client: here it is always awaitable.
            await client.execute_command("PING")  # type: ignore[no-untyped-call]  # as it comes
        finally:
            await client.aclose()
    except AuthenticationError as error:
        raise Trouble(
            "Redis refuses the password.", "Write redis://:password@host:port/0 in REDIS_URL."
        ) from error
    except (RedisError, OSError, ValueError) as error:
        raise Trouble(
            "Redis cannot be reached.", "Start it or correct REDIS_URL; unset, none is needed."
        ) from error
    return "Redis answers."


async def _chroma(settings: Settings) -> str:
    key = settings.chroma_api_key
    url = f"{(settings.chroma_url or '').rstrip('/')}/api/v2/heartbeat"
    headers = {"x-chroma-token": key.get_secret_value()} if key else {}
    answer = await _ask("Chroma", "CHROMA_URL", url, headers=headers)
    if answer.status_code in _REFUSED:
        raise Trouble("Chroma refuses the key.", "Correct CHROMA_API_KEY.")
    if "nanosecond heartbeat" not in answer.text:
        raise _unexpected("Chroma", answer, "CHROMA_URL")
    return "Chroma answers."


async def _waha(settings: Settings) -> str:
    key, session = settings.waha_api_key, settings.waha_session
    url = f"{(settings.waha_url or '').rstrip('/')}/api/sessions/{session}"
    headers = {"X-Api-Key": key.get_secret_value()} if key else {}
    answer = await _ask("WAHA", "WAHA_URL", url, headers=headers)
    if answer.status_code in _REFUSED:
        raise Trouble("WAHA refuses the key.", "Set WAHA_API_KEY to the key WAHA was started with.")
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise Trouble(
            f'WAHA has no session "{session}".', "Make it in WAHA, or correct WAHA_SESSION."
        )
    if not answer.is_success:
        raise _unexpected("WAHA", answer, "WAHA_URL")
    status = _body(answer).get("status")
    if status != "WORKING":
        raise Trouble(
            f'WAHA\'s session "{session}" is {status}.', "Start it there and scan the QR code."
        )
    return f'WAHA answers and its session "{session}" works.'


async def _bridge(url: str) -> str:
    await _ask("The bridge", "BRIDGE_URL", f"{url.rstrip('/')}/health")
    return "The bridge answers."


async def _whatsapp(settings: Settings) -> str:
    token = settings.whatsapp_token.get_secret_value() if settings.whatsapp_token else ""
    url = f"{settings.whatsapp_api_url.rstrip('/')}/{settings.whatsapp_phone_number_id}"
    headers = {"Authorization": f"Bearer {token}"}
    answer = await _ask("The Cloud API", "WHATSAPP_API_URL", url, headers=headers)
    if answer.status_code in _REFUSED:
        raise Trouble("The Cloud API refuses the token.", "Make a new WHATSAPP_TOKEN at Meta.")
    if not answer.is_success:
        raise _unexpected("The Cloud API", answer, "WHATSAPP_PHONE_NUMBER_ID")
    return "The Cloud API knows the phone number."


async def _telegram(settings: Settings) -> str:
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    url = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe"
    answer = await _ask("Telegram", "TELEGRAM_API_URL", url, hidden=True)
    if answer.status_code in (*_REFUSED, httpx.codes.NOT_FOUND):
        raise Trouble("Telegram refuses the token.", "Take TELEGRAM_BOT_TOKEN anew from BotFather.")
    if not answer.is_success:
        raise _unexpected("Telegram", answer, "TELEGRAM_API_URL")
    return "Telegram knows the bot."


async def _zoho(settings: Settings) -> str:
    """A token, and with it the department of our tickets."""
    secret, refresh = settings.zoho_client_secret, settings.zoho_refresh_token
    form = {
        "grant_type": "refresh_token",
        "client_id": settings.zoho_client_id or "",
        "client_secret": secret.get_secret_value() if secret else "",
        "refresh_token": refresh.get_secret_value() if refresh else "",
    }
    url = f"{settings.accounts_origin}/oauth/v2/token"
    answer = await _ask("Zoho's accounts", "ZOHO_ACCOUNTS_URL", url, method="POST", form=form)
    held = _body(answer)
    if "access_token" not in held:
        reason = held.get("error", answer.status_code)
        if reason == "invalid_client":
            raise Trouble(
                "Zoho does not know the client (invalid_client).",
                "Correct ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET, and ZOHO_DC for its data centre.",
            )
        raise Trouble(
            f"Zoho refuses the refresh token ({reason}).",
            "Make a new one with `recado zoho connect` and set ZOHO_REFRESH_TOKEN.",
        )
    headers = {
        "Authorization": f"Zoho-oauthtoken {held['access_token']}",
        "orgId": settings.zoho_org_id or "",
    }
    listed = f"{settings.desk_origin}/api/v1/departments?limit=200"
    answer = await _ask("Zoho Desk", "ZOHO_DESK_URL", listed, headers=headers)
    if answer.status_code in _REFUSED:
        raise Trouble(
            f"Zoho Desk refuses the organisation {settings.zoho_org_id}.",
            "Correct ZOHO_ORG_ID, or give the client's user access to it.",
        )
    if not answer.is_success:
        raise _unexpected("Zoho Desk", answer, "ZOHO_DESK_URL")
    found = {str(one.get("id")): one.get("name") for one in _body(answer).get("data", [])}
    if settings.zoho_department_id not in found:
        known = ", ".join(f"{name} ({key})" for key, name in found.items()) or "none"
        raise Trouble(
            f"Zoho Desk has no department {settings.zoho_department_id}.",
            f"Set ZOHO_DEPARTMENT_ID to one of its own: {known}.",
        )
    return f"Zoho Desk answers, and the department is {found[settings.zoho_department_id]}."


async def _models(provider: Provider) -> str:
    """Every key, since they take turns."""
    name = provider.name.upper()
    google = provider.name == "gemini"
    url = f"{provider.base_url}{'/v1beta' if google else ''}/models"
    keys = [key.get_secret_value() for key in provider.keys] or [""]
    for number, key in enumerate(keys, start=1):
        headers = {"x-goog-api-key": key} if google else {"Authorization": f"Bearer {key}"}
        sent = headers if key else {}
        answer = await _ask(f"{provider.name}", f"{name}_BASE_URL", url, headers=sent)
        if answer.status_code in _REFUSED or (google and answer.status_code == 400):
            raise Trouble(
                f"{provider.name} refuses key {number} of {len(keys)}.",
                f"Make a new one and set {name}_API_KEY.",
            )
        if not answer.is_success:
            raise _unexpected(provider.name, answer, f"{name}_BASE_URL")
    return f"{provider.name} takes {'the key' if len(keys) == 1 else 'every key'}."
