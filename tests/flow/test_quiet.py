"""The bot speaks when it must: not to chatter, not twice, not more than the group can bear, and not
once a person has the incident.

    Lupita: la impresora de tickets no funciona
    Recado: ¿De qué tienda se trata?
    (Marta takes it over on the page)
    Lupita: tienda 45
    Lupita: bot estado
    (nothing)
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import ChannelUnavailable
from domain.message import MessageKind
from graph.context import Context
from server.engine import Engine
from server.sender import Sender
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
NO_STORE = "la impresora de tickets no funciona"
CHATTER = [
    "buenos días a todos", "jajaja", "gracias!!", "quién trae el pastel?", "ok", "👍", "sale, va",
    "feliz cumple Ana", "mañana hay junta a las 9", "ya llegó el proveedor de refrescos",
    "alguien tiene cambio de 500?", "buen provecho", "quedó bonito el aparador",
    "ya volvió el internet", "ya quedó la caja", "no funciona mi lunes jaja",
    "qué error de partido el de ayer", "se cayó el pastel 😂",
]  # fmt: skip

WORKING_DAY = [
    "buen dia, mañana paso a revisar los equipos de la 12 y la 18",
    "ya estoy en la 33 revisando el clima", "terminamos en la 9, quedo instalado el modem",
    "hoy se actualiza el pos, si ven la pantalla en blanco esperen 5 min",
    "ya se actualizo en la 12", "hay que avisar y no abrir los congeladores",
    "la 18 no ha mandado su reporte", "faltan 12 mil para la meta en la 18",
    "ya no hay stock de la tv de 50, no la ofrezcan", "alguien tiene un cable hdmi?",
    "ojo, andan llamando que son de sistemas y piden la clave de la caja",
    "me confirman si el congelador ya enfria?",
]  # fmt: skip


def limited(group: GroupChat, budget: int) -> GroupChat:
    """The group with so many messages an hour."""
    engine: Engine = group.engine
    sender: Sender = replace(
        engine, pace=replace(engine.pace, send=replace(engine.pace.send, budget=budget))
    ).sender
    group.queue.handlers["send"] = sender.send_lane
    return group


async def test_chatter_is_never_answered(group: GroupChat) -> None:
    for n, text in enumerate(CHATTER):
        await group.says(text, by=(LUPITA, RAUL, ANA)[n % 3], pause=25)
    await group.passes(4000)
    assert group.sent == []


async def test_what_a_working_day_brings_is_never_answered(group: GroupChat) -> None:
    for n, text in enumerate(WORKING_DAY):
        await group.says(text, by=(LUPITA, RAUL, ANA)[n % 3], pause=600)
    assert group.sent == []
    await group.says("en la 12 no llego nadie a revisar el clima y no enfria", by=ANA)
    assert len(group.tickets) == 1


async def test_chatter_around_an_incident_is_not_answered_either(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    for n, text in enumerate(CHATTER):
        await group.says(text, by=(LUPITA, RAUL, ANA)[n % 3], pause=25)
    assert len(group.sent) == 1
    assert len(group.tickets) == 1


async def test_everything_delivered_twice_is_answered_once(group: GroupChat) -> None:
    for text in (NO_STORE, "tienda 45", "cómo va lo de la impresora?"):
        await group.says(text, pause=1)
        await group.says(redelivered=True, pause=30)
        await group.says(redelivered=True, pause=30)
    assert len(group.sent) == len(set(group.replies)) == 3
    assert len(group.tickets) == 1


# -- the budget -----------------------------------------------------------------------------------


async def test_what_is_over_the_budget_waits_in_the_outbox(group: GroupChat) -> None:
    limited(group, 2)
    for n in range(4):
        await group.says(
            f"la impresora de la tienda {n + 1} no imprime, marca error E-{n}0{n}",
            by=Person(f"P{n}", lid=f"{n + 1}00000000000000@lid"),
        )
    assert len(group.tickets) == 4
    assert len(group.sent) == 2
    waiting = await group.rows("SELECT state, reason FROM outbox WHERE state <> 'done'")
    assert {(row["state"], row["reason"]) for row in waiting} == {
        ("pending", "over the messages an hour that this group may be sent")
    }
    await group.passes(3600)
    assert len(group.sent) == 4
    assert await group.rows("SELECT 1 FROM outbox WHERE state <> 'done'") == []


async def test_over_the_budget_a_first_question_waits_and_a_reminder_is_dropped(
    group: GroupChat,
) -> None:
    limited(group, 1)
    await group.says(NO_STORE)
    await group.passes(1900)
    assert len(group.sent) == 1
    [dropped] = await group.rows("SELECT state, reason FROM outbox WHERE state = 'dropped'")
    assert dropped["reason"].startswith("a reminder over the messages an hour")
    await group.passes(1900)
    assert len(group.sent) == 2
    assert "sigue pendiente" in group.replies[1]


async def test_a_question_that_could_not_be_asked_yet_is_no_reminder(group: GroupChat) -> None:
    limited(group, 1)
    await group.says("no hay internet en la tienda 9", by=RAUL)
    await group.says(NO_STORE)
    await group.passes(1900)
    assert len(group.sent) == 1
    await group.passes(1900)
    assert len(group.sent) == 2
    assert "tienda" in group.replies[1]


async def test_a_hand_over_is_said_whatever_the_budget(group: GroupChat) -> None:
    limited(group, 1)
    await group.says(NO_STORE)
    await group.says("no sé")
    assert await group.status() == ["escalated"]
    assert len(group.sent) == 2


async def test_another_group_has_a_budget_of_its_own(group: GroupChat) -> None:
    limited(group, 1)
    await group.says("no hay internet en la tienda 9", by=RAUL)
    group.chat = "120363000000000002@g.us"
    await group.says("no enciende la caja de la tienda 7", by=ANA)
    assert len(group.sent) == 2


# -- once a person has it -------------------------------------------------------------------------


async def take_over(group: GroupChat) -> int:
    """What the page does, of every incident; how many there were."""
    async with group.engine.pool.connection() as conn:
        done = await conn.execute("UPDATE incidents SET owner = 'Marta', updated_at = now()")
    return done.rowcount


async def said_after(group: GroupChat, taken: datetime) -> list[str]:
    """What the bot said of the incidents that are Marta's, since she took them."""
    async with group.engine.pool.connection() as conn:
        rows = await (
            await conn.execute(
                """SELECT o.text FROM outbox o JOIN incidents i ON i.id = o.incident_id
                   WHERE i.owner = 'Marta' AND o.lane = 'chat' AND o.state = 'done'
                     AND o.done_at > %s""",
                (taken,),
            )
        ).fetchall()
    return [row["text"] for row in rows]


@pytest.mark.parametrize("seed", range(12))
async def test_once_a_person_has_it_the_bot_says_nothing(group: GroupChat, seed: int) -> None:
    """Whatever is said, edited, deleted, asked for or closed afterwards, and whenever she takes
    it: before the question has left, while it stands, or with a ticket."""
    dice = random.Random(seed)
    start = ["la impresora de la tienda 45 no funciona", NO_STORE, "ayuda, urgente, no funciona"]
    group.channel.fail_next(*[ChannelUnavailable("away")] * dice.choice([0, 4]))
    said = [await group.says(dice.choice(start), pause=21)]
    await group.passes(dice.choice([0, 2, 30, 1900]))
    assert await take_over(group) == 1
    taken = group.clock.now()
    watch = group.watch()
    await watch.poll()
    for _ in range(6):
        match dice.randrange(9):
            case 0:
                said.append(await group.says(dice.choice(["tienda 45", "la caja", "no sé", "45"])))
            case 1:
                said.append(await group.says(dice.choice(["cómo va?", "bot estado", "@bot ayuda"])))
            case 2:
                said.append(await group.says("bot cancela"))
            case 3:
                await group.says("quiero hablar con una persona")
            case 4:
                await group.says("sigue igual", quotes=dice.choice(said))
            case 5:
                target = dice.choice(said)
                await group.says("la caja de la tienda 7", kind=MessageKind.EDIT, target=target)
            case 6:
                await group.says(kind=MessageKind.REVOKE, target=dice.choice(said))
            case 7:
                await group.passes(dice.choice([2000, 90_000]))
            case _:
                for ticket in group.tickets:
                    group.desk.set_status(ticket.id, dice.choice(["On Hold", "Closed", "Open"]))
                await watch.poll()
                await group.works()
        assert await said_after(group, taken) == []


async def test_a_hand_over_word_is_not_said_to_who_took_it_already(group: GroupChat) -> None:
    group.knobs.context = Context(human_support="525500000001")
    await group.says(NO_STORE)
    group.channel.fail_next(*[ChannelUnavailable("away")] * 3)
    await group.says("no sé", pause=21)
    assert await group.status() == ["escalated"]
    await take_over(group)
    await group.passes(4000)
    assert len(group.sent) == 1
