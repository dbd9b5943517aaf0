"""What the page reads of one incident's ticket and of all incidents together, over HTTP."""

from __future__ import annotations

import pytest

from tests.service.conftest import Demo

pytestmark = pytest.mark.slow


async def test_a_ticket_is_told_as_the_desk_has_it_or_why_not(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.say("La impresora de tickets no funciona")
    question = await recado.waha.wait_for("tienda")
    (row,) = (await recado.http.get("/api/incidents")).json()["data"]
    path = f"/api/incidents/{row['id']}/ticket"
    early = await recado.http.get(path)
    assert (early.status_code, early.json()["title"]) == (404, "Not Found")

    await recado.waha.say("tienda 45", quote=question["id"])
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for("Se creó el ticket")
    await recado.zoho.set_status(ticket["id"], "Closed", resolution="<p>Se cambió el rollo</p>")
    told = (await recado.http.get(path)).json()["data"]
    assert (told["number"], told["status"]) == (ticket["ticketNumber"], "Closed")
    assert (told["closed"], told["resolution"]) == (True, "Se cambió el rollo")
    assert told["subject"] == ticket["subject"]
    assert "tienda 45" in told["description"]

    await recado.zoho.faults(status_5xx=1)
    away = await recado.http.get(path)
    assert away.status_code == 503
    assert away.json()["detail"] == "the desk does not answer now"


async def test_figures_count_what_came_in_and_forget_no_hour(demo: Demo) -> None:
    recado = await demo()
    nothing = (await recado.http.get("/api/figures")).json()["data"]
    assert len(nothing["hours"]) == 24
    assert sum(hour["messages"] for hour in nothing["hours"]) == 0
    assert [age["hours"] for age in nothing["ages"]] == [1, 4, 24, None]

    await recado.waha.say("En la tienda 45 no funciona la impresora de tickets")
    await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for("Se creó el ticket")
    await recado.waha.say("jaja buenísimo", who="100000000000002", name="Beto")
    told = (await recado.http.get("/api/figures")).json()["data"]
    of_all = {name: sum(hour[name] for hour in told["hours"]) for name in ("incidents", "tickets")}
    assert of_all == {"incidents": 1, "tickets": 1}
    assert [age["normal"] + age["urgent"] for age in told["ages"]] == [1, 0, 0, 0]
    assert told["costs"][0]["model"] == "local"

    await recado.http.post("/api/demo/clock", json={"seconds": 6 * 3600})
    later = (await recado.http.get("/api/figures")).json()["data"]
    assert [age["normal"] + age["urgent"] for age in later["ages"]] == [0, 0, 1, 0]
    assert later["hours"][-1]["incidents"] == 0
    assert sum(hour["incidents"] for hour in later["hours"]) == 1
