"""`recado eval`: how good the judgement is, measured on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from server.commands.measuring import run_measured
from server.commands.terminal import fail, say, show

app = typer.Typer(help="Measure judgement on labelled data.", no_args_is_help=True)


@app.command()
def group(
    files: Annotated[list[Path], typer.Argument(help="Labelled group chats, JSON lines")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Annotated[
        str | None, typer.Option(help="`local`, or provider:model; unset: the configured ones")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="Work on this Postgres instead of starting one")
    ] = None,
) -> None:
    """Measure judgement on labelled group chats, beside four baselines."""
    from rich.console import Console

    from evals.group.report import figures, judge_files, print_figures

    runs = run_measured(
        model, lambda using: judge_files(files, using, database=database, tell=say), "evaluation"
    )
    found = figures(runs)
    if json:
        show(found)
    else:
        print_figures(found, Console())


@app.command()
def similar(
    fit: Annotated[
        bool, typer.Option("--fit", help="Fit the threshold anew and write it into the package.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Find and name similar incidents: recall at 5, and the share of false ones among the named."""
    from evals.similar import measure, write_fitted
    from tools.knowledge.likeness import FITTED, fitted_similarity

    found = measure(None if fit else fitted_similarity())
    if fit:
        write_fitted(found)
        say(f"The threshold {found['threshold']} is in {FITTED}.")
    if json:
        show(found)
    else:
        _print_similar(found)


@app.command()
def assignment(
    irc: Annotated[
        Path, typer.Option("--irc", help="A folder of *.ascii.txt and *.annotation.txt.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Take the chats of the IRC disentanglement corpus apart: links, whole conversations."""
    from evals.irc import BadCorpus
    from evals.linking import measure

    try:
        found = measure(irc, say)
    except BadCorpus as error:
        raise fail(str(error)) from error
    if json:
        show(found)
    else:
        _print_assignment(found)


@app.command()
def images(
    part: Annotated[
        str, typer.Option(help="`report`, or `dev` for the part that reading is tuned on.")
    ] = "report",
    trouble: Annotated[
        list[str] | None, typer.Option(help="Only photos with this trouble; may be repeated.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read synthetic photos of screens: what is found, what is invented, what is left unread."""
    from rich.console import Console

    from evals.images.album import PARTS
    from evals.images.measure import measure
    from evals.images.readers import READERS
    from evals.images.report import print_figures

    chosen = next((one for one in PARTS if one == part), None)
    if chosen is None:
        raise fail(f"There is no part {part}: use {' or '.join(PARTS)}.")
    found = measure(READERS, chosen, say, tuple(trouble or ()))
    if not found["pictures"]:
        raise fail("No photo of the album has such a trouble.")
    if json:
        show(found)
    else:
        print_figures(found, Console())


def _print_assignment(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=f"{found['messages']} messages of {found['logs']} logs")
    columns = ("link f", "exact f", "1-1", "vi", "ari")
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    for name, figures in {"recado": found, **found["baselines"]}.items():
        for part in ("full", "chunks"):
            one = figures[part]
            cells = [one["link"]["f"], one["exact"]["f"]]
            cells += [one["one_to_one"], one["vi"], one["ari"]]
            table.add_row(f"{name}, {part}", *(f"{cell:.3f}" for cell in cells))
    console.print(table)
    took = found["milliseconds"]
    console.print(f"A message took {took['median']} ms (median), {took['p95']} ms (p95).")


def _print_similar(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=f"{found['texts']} texts, {found['groups']} kinds of incident")
    for column in ("", "part", "threshold", "recall@5", "false of named", "helped", "named"):
        table.add_column(column, justify="left" if column in ("", "part") else "right")
    rows = [("recado", part, found["threshold"], found[part]) for part in ("report", "unseen")]
    rows += [
        (name, part, other["threshold"], other[part])
        for name, other in found["baselines"].items()
        for part in ("report", "unseen")
    ]
    for name, part, threshold, figures in rows:
        table.add_row(
            name,
            part,
            f"{threshold:.3f}",
            f"{figures['recall_at_5']:.3f}",
            f"{figures['false_share']:.3f}" if figures["named"] else "-",
            f"{figures['named_right']:.3f}",
            str(figures["named"]),
        )
    console.print(table)
    console.print(
        "report: kinds that the threshold was not fitted on. unseen: written after the lexicon "
        "was final. helped: share of incidents with a like one that had one named."
    )
    for case in found["worst"]:
        line = f"{case['wrong']:>6} {case['similarity']:.3f}  {case['asked']}  |  {case['found']}"
        console.print(line, markup=False)
