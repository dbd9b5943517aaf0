"""The outside of a demo: the Zoho Desk stand-in and a WhatsApp group to write in, as processes of
their own that speak the documented wire protocols. Recado has no other door for them."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from server.embedded.chroma import free_port
from server.embedded.loopback import answers
from server.embedded.process import Child
from server.settings import Settings

# Invented: what the stand-in takes for its own when it is not told otherwise.
ZOHO_ORG = "60001234567"
ZOHO_DEPARTMENT = "189200000000006907"
ZOHO_WEBHOOK = "189200000000009001"
ZOHO_CLIENT = "1000.SANDBOXCLIENT"
ROOT = Path(__file__).parent.parent


async def start_stand_ins(settings: Settings, stack: AsyncExitStack) -> Settings:
    """Start what the demo lacks, and answer the settings that lead there."""
    own = f"http://{_reachable(settings.host)}:{settings.port}"
    changes: dict[str, object] = {}
    if settings.needs_zoho_stand_in:
        changes |= await _start_zoho(settings, stack, f"{own}/webhooks/zoho")
    elif settings.zoho_client_id is None:
        changes |= _invented_zoho("invented", "invented")  # somebody else's toy takes anything
    if settings.needs_waha_stand_in:
        changes |= await _start_waha(settings, stack, f"{own}/webhooks/waha")
    return settings.model_copy(update=changes)


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - only compared


async def _start_zoho(settings: Settings, stack: AsyncExitStack, webhook: str) -> dict[str, object]:
    port = free_port()
    secret, refresh = secrets.token_hex(16), secrets.token_hex(16)
    await _start(
        "zoho",
        settings,
        stack,
        port,
        "/sandbox/health",
        [
            *("--client-id", ZOHO_CLIENT, "--client-secret", secret, "--refresh-token", refresh),
            *("--org", ZOHO_ORG, "--department", ZOHO_DEPARTMENT),
            *("--webhook-url", webhook, "--webhook-id", ZOHO_WEBHOOK),
            *("--picklist", "category=technical,operational"),
        ],
    )
    url = f"http://127.0.0.1:{port}"
    return {
        **_invented_zoho(secret, refresh),
        "zoho_webhook_id": ZOHO_WEBHOOK,
        "zoho_desk_url": url,
        "zoho_accounts_url": url,
    }


def _invented_zoho(secret: str, refresh: str) -> dict[str, object]:
    return {
        "zoho_client_id": ZOHO_CLIENT,
        "zoho_client_secret": SecretStr(secret),
        "zoho_refresh_token": SecretStr(refresh),
        "zoho_org_id": ZOHO_ORG,
        "zoho_department_id": ZOHO_DEPARTMENT,
    }


async def _start_waha(settings: Settings, stack: AsyncExitStack, webhook: str) -> dict[str, object]:
    port = _port_near(settings.port + 1)
    api_key = secrets.token_hex(16)
    given = settings.waha_hmac_key
    hmac_key = given.get_secret_value() if given else secrets.token_hex(16)
    await _start(
        "waha",
        settings,
        stack,
        port,
        "/sandbox/chats",
        ["--api-key", api_key, "--hmac-key", hmac_key, "--webhook-url", webhook],
    )
    return {
        "waha_url": f"http://127.0.0.1:{port}",
        "waha_api_key": SecretStr(api_key),
        "waha_hmac_key": SecretStr(hmac_key),
        "waha_session": "default",
    }


async def _start(
    name: str,
    settings: Settings,
    stack: AsyncExitStack,
    port: int,
    health: str,
    arguments: Sequence[str],
) -> None:
    folder = settings.data_dir.expanduser().resolve() / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)

    async def ready() -> bool:
        return await answers(f"http://127.0.0.1:{port}{health}")

    argv = [
        *(sys.executable, "-m", f"sandbox.{name}", "--host", "127.0.0.1", "--port", str(port)),
        *("--log", str(folder / f"{name}.jsonl"), "--state", str(folder / f"{name}.sqlite")),
        *arguments,
    ]
    child = Child(
        f"the {name} stand-in", argv, log_path=folder / f"{name}.log", ready=ready, cwd=ROOT
    )
    await stack.enter_async_context(child)


def _port_near(wanted: int) -> int:
    """The wanted port if nobody has it, so that the page stays where it was; else a free one."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
        return wanted
