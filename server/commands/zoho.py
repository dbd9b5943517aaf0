"""`recado zoho connect`: from a grant code to the refresh token of the settings."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from server.commands.terminal import fail, say, show

app = typer.Typer(help="Connect to Zoho Desk.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `connect` a subcommand although it is the only one."""


@app.command()
def connect(
    code: Annotated[str, typer.Argument(help="The grant code; it is good for minutes, once.")],
    redirect_uri: Annotated[
        str | None, typer.Option(help="As registered; a Self Client needs none.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Turn a grant code into the value of ZOHO_REFRESH_TOKEN.

    ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_DC are read from the settings. Make the code in
    Zoho's API console (Self Client) with the scopes Desk.tickets.CREATE, Desk.tickets.READ,
    Desk.tickets.UPDATE, Desk.contacts.CREATE, Desk.contacts.READ, Desk.search.READ and
    Desk.basic.READ, by a service agent who sees the whole department.
    """
    import httpx

    from domain.errors import RecadoError
    from server.settings import SettingsError, load_settings
    from tools.zoho.oauth import exchange_grant_code

    try:
        settings = load_settings()
    except SettingsError as error:
        # Half-set Zoho is just what this command is for.
        if error.settings is None:
            raise fail(*error.problems) from error
        settings = error.settings
    if not settings.zoho_client_id or settings.zoho_client_secret is None:
        raise fail("Set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET first: they made the code.")
    client_id, secret = settings.zoho_client_id, settings.zoho_client_secret.get_secret_value()

    async def exchange() -> str:
        async with httpx.AsyncClient() as http:
            grant = await exchange_grant_code(
                http,
                settings.accounts_origin,
                client_id=client_id,
                client_secret=secret,
                code=code,
                redirect_uri=redirect_uri,
            )
        return grant.refresh_token

    try:
        token = asyncio.run(exchange())
    except RecadoError as error:
        raise fail(str(error)) from error
    if json:
        show({"refresh_token": token})
        return
    say("Put this line into .env, and keep it secret:")
    print(f"ZOHO_REFRESH_TOKEN={token}")  # noqa: T201 - the result
