"""`recado sandbox`: the stand-ins, each a process of its own that speaks the documented wire."""

from __future__ import annotations

import runpy
import sys

import typer

app = typer.Typer(help="Run a stand-in of an outside system.", no_args_is_help=True)
# Each stand-in reads its own command line, --help included.
_AS_GIVEN = {"allow_extra_args": True, "ignore_unknown_options": True}


def _run(name: str, context: typer.Context) -> None:
    sys.argv = [f"recado sandbox {name}", *context.args]
    runpy.run_module(f"sandbox.{name}", run_name="__main__")


@app.command(context_settings=_AS_GIVEN, add_help_option=False)
def zoho(context: typer.Context) -> None:
    """Zoho Desk and its OAuth, with faults that can be switched on."""
    _run("zoho", context)


@app.command(context_settings=_AS_GIVEN, add_help_option=False)
def waha(context: typer.Context) -> None:
    """A WAHA server with groups to write in, and a page for it."""
    _run("waha", context)


@app.command(context_settings=_AS_GIVEN, add_help_option=False)
def openai(context: typer.Context) -> None:
    """An OpenAI-compatible model with scripted answers and faults."""
    _run("openai", context)
