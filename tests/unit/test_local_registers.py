"""What is said once a ticket is there, in the registers of six countries."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels

MODELS = LocalModels()
SAID = {
    "fixed": [
        # MX
        "ya jaló", "ya quedó", "ya quedó listo", "ya agarró", "ya jala bien", "listo, ya imprime",
        "ya está funcionando, gracias", "ya quedó al cien",
        # ES
        "ya va", "ya funciona", "arreglado", "solucionado, gracias", "ya tira", "ya está arreglado",
        # CO
        "ya funcionó", "ya sirvió", "ya nos quedó funcionando", "quedó solucionado",
        # AR
        "ya anda", "ya funca", "quedó joya", "ya está andando", "listo, se arregló", "ya volvió",
        # PE
        "ya está operativo", "ya normal", "ya quedó conforme", "ya se solucionó", "ya está ok",
        # CL
        "quedó al tiro", "ya está funcionando po", "ya quedó la impresora", "ya volvió el sistema",
    ],
    "still_broken": [
        "sigue igual", "sigue sin jalar", "nada, sigue igual", "otra vez se trabó",
        "volvió a fallar",
        "aún no funciona", "sigue sin ir", "no va todavía", "continúa el fallo", "todavía nada",
        "sigue sin servir", "no ha servido", "sigue dañada", "sigue molestando", "nada que sirve",
        "sigue sin andar", "no anda todavía", "se colgó de nuevo", "sigue sin funcar",
        "volvió a caerse",
        "persiste el problema", "sigue inoperativo", "aún sin sistema", "continúa igual",
        "sigue malo", "sigue pegada", "todavía no funciona po", "se cayó de nuevo", "no quedó",
    ],
    "status_question": [
        "cómo va?", "en qué va?", "qué pasó con mi ticket?", "ya mero viene el técnico?",
        "cómo lo lleváis?", "se sabe algo?", "cuándo vienen?", "alguna novedad?",
        "qué ha pasado con lo de la caja?", "me confirman a qué hora vienen?",
        "cómo vamos con eso?",
        "hay novedades?", "saben algo?", "para cuándo estaría?",
        "tienen alguna novedad del posnet?",
        "cuál es el estado?", "algún avance?", "hay fecha de atención?",
        "a qué hora llega el técnico?",
        "cachan si viene alguien?", "hay noticias?", "en qué quedó lo de la impresora?",
    ],
    "ack": [
        "gracias", "muchas gracias!", "ok gracias", "enterada", "sale, gracias", "órale gracias",
        "vale", "perfecto, gracias", "muy amable", "listo, quedo atenta", "bueno, gracias",
        "dale, gracias", "genial, gracias", "buenísimo", "ok, conforme", "gracias, estamos atentos",
        "ya po, gracias", "súper, gracias", "👍", "🙏",
    ],
}  # fmt: skip


# Of all the things that the others ask for: who asks for another one means another report.
REPORT = "la caja no sirve, ni el posnet ni la impresora, tienda 45"


@pytest.mark.parametrize(("act", "text"), [(a, t) for a, texts in SAID.items() for t in texts])
async def test_it_is_told_apart(act: str, text: str) -> None:
    lines = (
        Line("m1", "2026-03-02T15:00:00+00:00", "staff", "Lupita", REPORT),
        Line("m2", "2026-03-02T15:30:00+00:00", "staff", "Lupita", text),
    )
    said = await MODELS.follow_up(ModelCall("i1", "follow_up", "", lines, new=1))
    assert said.act == act
