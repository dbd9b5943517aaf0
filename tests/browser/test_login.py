"""Where others can reach the address, the page asks for the password of the first start."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.test_everybody import serious
from tests.service.conftest import Demo

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


async def test_the_first_password_opens_the_page(demo: Demo, visit: Open) -> None:
    recado = await demo(RECADO_HOST="0.0.0.0", RECADO_API_KEY="clave-inventada-larga")  # noqa: S104 - what is tested
    password = (await recado.program.says(r"password +(\S+)"))[1]
    opened = await visit(url=recado.url)
    page = opened.page
    await opened.go("incidents")
    field = page.get_by_label("Contraseña", exact=True)
    await field.wait_for()
    assert await page.get_by_role("navigation").count() == 0, "nothing is shown before"
    assert await serious(page) == []

    await field.fill("adivina")
    await page.keyboard.press("Enter")
    await page.get_by_role("alert").wait_for()
    await field.fill(password)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Incidencias").wait_for()
    # The live feed is inside as well, and a reload stays inside.
    await page.get_by_text("en vivo", exact=True).wait_for()
    await page.reload()
    await page.get_by_role("heading", name="Incidencias").wait_for()
    held = await page.context.cookies()
    assert [(one["httpOnly"], one["sameSite"]) for one in held] == [(True, "Strict")]

    await page.get_by_role("button", name="Salir").click()
    await field.wait_for()
    opened.forgive("401")


async def test_the_password_is_said_once_and_kept(demo: Demo, visit: Open) -> None:
    outside = {"RECADO_HOST": "0.0.0.0", "RECADO_API_KEY": "clave-inventada-larga"}  # noqa: S104 - what is tested
    first = await demo(**outside)
    password = (await first.program.says(r"password +(\S+)"))[1]
    await first.program.end()
    second = await demo(**outside)
    assert "password" not in second.program.text().lower().replace(password, "")
    opened = await visit(url=second.url)
    await opened.go("incidents")
    await opened.page.get_by_label("Contraseña", exact=True).fill(password)
    await opened.page.keyboard.press("Enter")
    await opened.page.get_by_role("heading", name="Incidencias").wait_for()
