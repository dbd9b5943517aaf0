"""`/docs` shows every route, whether the page is built or not."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from server.app import bare_app


async def test_the_api_can_be_read_where_the_page_is_not_built(tmp_path: Path) -> None:
    app = bare_app()
    app.state.dist = tmp_path
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/docs")
        spec = (await http.get("/openapi.json")).json()
    assert answer.status_code == 200
    wanted = {f"{verb} {path}" for path, verbs in spec["paths"].items() for verb in verbs}
    assert {"get /api/incidents", "post /webhooks/waha", "get /health"} <= wanted
    assert set(re.findall(r'data-route="([^"]+)"', answer.text)) == wanted
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    (nonce,) = re.findall(r'<style nonce="([^"]+)"', answer.text)
    assert f"'nonce-{nonce}'" in policy
    assert "<script" not in answer.text
    # Nothing is fetched from anywhere: what is linked is ours.
    assert re.findall(r'(?:src|href)="(?!/)', answer.text) == []


async def test_an_error_is_described_as_it_is_sent() -> None:
    routes = bare_app().openapi()
    told = routes["paths"]["/api/incidents/{incident_id}"]["get"]["responses"]
    (content,) = told["4XX"]["content"].values()
    assert content["schema"]["$ref"].endswith("/ProblemView")
    assert "422" not in told
