"""Stores that report what does not work, and answer what they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tests.service.stage import Waha

SYSTEMS = (
    "la impresora de tickets",
    "la terminal bancaria",
    "el internet",
    "la báscula",
    "el refrigerador",
)


@dataclass
class Report:
    """One incident of one store. Its words are like no other's: the error has its number."""

    chat: str
    who: str
    name: str
    store: str
    text: str
    answer: str | None
    at: float
    id: str | None = None
    answered: bool = False


def draw_reports(count: int, until: float, dice: Random, asked: float = 0.3) -> list[Report]:
    """So many reports between 0 and `until`, five to a group, each of another person about
    another thing. Of the part `asked` the store is not told, and has to be asked for."""
    reports = []
    for n in range(count):
        store, system = str(100 + n), SYSTEMS[n % len(SYSTEMS)]
        silent = dice.random() < asked
        told = f"{system} no funciona, marca error E-{100 + n}"
        reports.append(
            Report(
                chat=f"12036300000000{n // len(SYSTEMS):04d}@g.us",
                who=f"100000000{n:06d}",
                name=f"Persona {n}",
                store=store,
                text=told[0].upper() + told[1:] if silent else f"En la tienda {store} {told}",
                answer=f"tienda {store}" if silent else None,
                at=dice.uniform(0, until),
            )
        )
    return sorted(reports, key=lambda report: report.at)


async def live(
    waha: Waha, reports: Sequence[Report], now: Callable[[], float], over: asyncio.Event
) -> None:
    """Write each report when it is time, and answer each question, quoting it, until `over`."""
    while not over.is_set():
        for report in reports:
            if report.id is None and report.at <= now():
                report.id = await _say(waha, report, report.text)
        questions = {sent["quote"]: sent["id"] for sent in await waha.sent() if sent["quote"]}
        for report in reports:
            if report.answer is not None and not report.answered and report.id in questions:
                report.answered = True
                await _say(waha, report, report.answer, quote=questions[report.id])
        await asyncio.sleep(0.25)


async def _say(waha: Waha, report: Report, text: str, **more: str) -> str:
    group = f"Tiendas {report.chat[14:18]}"
    return await waha.say(
        text, who=report.who, name=report.name, chat=report.chat, chat_name=group, **more
    )
