"""Runs the stand-in for Zoho Desk and Zoho Accounts; its own control routes are under /sandbox."""

import argparse
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from sandbox.zoho.app import create_app
from sandbox.zoho.config import CUSTOM_FIELDS, PICKLISTS, ZohoConfig
from sandbox.zoho.connection import CuttableProtocol

DEFAULT_PORT = 8801
_GRACE_SECONDS = 1


class _Server(uvicorn.Server):
    """Says on stderr where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        sys.stderr.write(f"Zoho Desk stand-in on http://{host}:{port}\n")
        sys.stderr.flush()


def run(config: ZohoConfig, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> None:
    """Serve until SIGTERM or SIGINT, then end within two seconds; port 0 is any free one."""
    settings = uvicorn.Config(
        create_app(config),
        host=host,
        port=port,
        loop="asyncio",
        http=CuttableProtocol,
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    _Server(settings).run()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    given = _parser().parse_args(arguments)
    config = ZohoConfig(
        org_id=given.org,
        department_id=given.department,
        client_id=given.client_id,
        client_secret=given.client_secret,
        refresh_token=given.refresh_token,
        grant_code=given.grant_code,
        webhook_url=given.webhook_url,
        webhook_id=given.webhook_id,
        search_lag_seconds=given.search_lag,
        log_file=given.log,
        state_file=given.state,
        seed=given.seed,
        attachment_limit_bytes=given.attachment_limit,
        token_life_seconds=given.token_life,
        token_limit=given.token_limit,
        token_window_seconds=given.token_window,
        credits_per_day=given.credits,
        picklists={**PICKLISTS, **dict(given.picklist)},
        custom_fields=tuple(dict.fromkeys((*CUSTOM_FIELDS, *given.custom_field))),
    )
    run(config, given.host, given.port)


def _parser() -> argparse.ArgumentParser:
    usual = ZohoConfig()
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.zoho",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )

    server = parser.add_argument_group("the process")
    add = server.add_argument
    add("--host", default="127.0.0.1", help="address to listen on")
    add("--port", type=int, default=DEFAULT_PORT, help="port to listen on; 0 is any free one")
    add("--log", type=Path, metavar="FILE", help="append one JSON line here before each answer")
    add("--state", type=Path, metavar="FILE", help="SQLite file that outlives a restart")
    add("--seed", type=int, default=usual.seed, help="seed of the faults")

    portal = parser.add_argument_group("the portal (every value is invented)")
    add = portal.add_argument
    add("--org", default=usual.org_id, metavar="ID", help="the organisation, sent as orgId")
    add("--department", default=usual.department_id, metavar="ID", help="the one department")
    add(
        "--picklist",
        type=_picklist,
        action="append",
        default=[],
        metavar="FIELD=A,B",
        help=f"other values for one of {', '.join(PICKLISTS)}",
    )
    add(
        "--custom-field",
        action="append",
        default=[],
        metavar="cf_NAME",
        help="one more custom field beside " + ", ".join(CUSTOM_FIELDS),
    )
    add(
        "--search-lag",
        type=float,
        default=usual.search_lag_seconds,
        metavar="SECONDS",
        help="how far the search index runs behind",
    )
    add(
        "--attachment-limit",
        type=int,
        default=usual.attachment_limit_bytes,
        metavar="BYTES",
        help="a larger file is answered with 413",
    )
    add("--credits", type=int, default=usual.credits_per_day, help="API credits a day")

    oauth = parser.add_argument_group("OAuth")
    add = oauth.add_argument
    add("--client-id", default=usual.client_id, help="the registered client")
    add("--client-secret", default=usual.client_secret, help="its secret")
    add("--refresh-token", default=usual.refresh_token, help="the one refresh token")
    add("--grant-code", default=usual.grant_code, help="a code to exchange once")
    add(
        "--token-life",
        type=float,
        default=usual.token_life_seconds,
        metavar="SECONDS",
        help="how long an access token is good",
    )
    add("--token-limit", type=int, default=usual.token_limit, help="access tokens a window")
    add(
        "--token-window",
        type=float,
        default=usual.token_window_seconds,
        metavar="SECONDS",
        help="the window of --token-limit",
    )

    webhooks = parser.add_argument_group("webhooks")
    add = webhooks.add_argument
    add("--webhook-url", metavar="URL", help="told of status changes and comments")
    add("--webhook-id", default=usual.webhook_id, metavar="ID", help="the id of that subscription")
    return parser


def _picklist(text: str) -> tuple[str, tuple[str, ...]]:
    name, _, values = text.partition("=")
    if name not in PICKLISTS or not values:
        raise argparse.ArgumentTypeError(f"expected FIELD=A,B with a known field, got {text!r}")
    return name, tuple(value.strip() for value in values.split(","))


if __name__ == "__main__":
    main()
