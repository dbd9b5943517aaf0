"""With a hosted model the page says of each decision who took it, with how many tokens, for how
much, and the figures say what a day costs."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PATIENCE_MS, Open
from tests.service.conftest import Demo
from tests.service.test_corrections import settled
from tests.service.test_openai_models import CLASSIFICATION, EXTRACTION, KEY, Server
from tests.service.test_openai_models import openai as openai

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


async def test_tokens_and_cost_are_shown(openai: Server, demo: Demo, visit: Open) -> None:
    openai.says(
        {"match": {"schema": "Classification"}, "answer": {"content": CLASSIFICATION}},
        {"match": {"schema": "Extraction"}, "answer": {"content": {**EXTRACTION, "store": "45"}}},
    )
    recado = await demo(
        AI_PROVIDERS="openai", OPENAI_API_KEY=KEY, OPENAI_BASE_URL=f"{openai.url}/v1"
    )
    await recado.waha.say("En la tienda 45 no funciona la impresora de tickets")
    await recado.zoho.wait_for_tickets(1)
    (row,) = (await recado.http.get("/api/incidents")).json()["data"]
    await settled(recado)
    full = (await recado.http.get(f"/api/incidents/{row['id']}")).json()["data"]
    paid = [step for step in full["steps"] if step["input_tokens"]]
    assert {step["node"] for step in paid} == {"classify", "extract"}
    assert full["usd"] > 0

    opened = await visit(url=recado.url)
    page = opened.page
    await opened.go(f"incidents/{row['id']}")
    for step in paid:
        line = page.get_by_role("listitem").filter(has_text=f"{step['turn']} · {step['node']}")
        for shown in (
            "openai:gpt-4o-mini",
            f"prompt v{step['prompt_version']}",
            f"{step['input_tokens']} + {step['output_tokens']} Tokens",
            f"US$ {step['usd']:.4f}",
            " ms",
        ):
            await expect(line).to_contain_text(shown, ignore_case=True, timeout=PATIENCE_MS)
    await opened.go("figures")
    costs = page.get_by_role("region", name="Costo de los modelos por día, US$")
    await costs.get_by_text("Como tabla").click()
    await expect(costs.locator("thead")).to_contain_text("openai:gpt-4o-mini")
    await expect(costs.locator("tbody td").last).to_have_text(f"US$ {full['usd']:.4f}")
