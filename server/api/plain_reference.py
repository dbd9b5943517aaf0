"""`/docs` where the page is not built: every route of this server as plain HTML, with no script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;"
    "color-scheme:light dark}code,pre{overflow-wrap:anywhere;white-space:pre-wrap}"
    "summary{cursor:pointer}pre{margin:.3rem 0 1rem}"
)


def plain_reference(openapi: Mapping[str, Any], nonce: str) -> str:
    """The document; its one style carries the nonce."""
    info = openapi["info"]
    by_tag: dict[str, list[str]] = {}
    for path, methods in openapi["paths"].items():
        for method, route in methods.items():
            tag = (route.get("tags") or ["server"])[0]
            by_tag.setdefault(tag, []).append(_route(method, path, route, openapi))
    sections = "".join(f"<h2>{escape(tag)}</h2>{''.join(routes)}" for tag, routes in by_tag.items())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Recado: the API</title>'
        f'<style nonce="{escape(nonce)}">{_STYLE}</style>'
        f"<h1>{escape(info['title'])}: the API</h1><p>{escape(info['description'])} Success comes"
        " in an envelope with <code>data</code>; errors are RFC 9457 with a <code>code</code>."
        ' <a href="/openapi.json">OpenAPI as JSON</a>. <code>make page</code> builds the page, in'
        f" which each route can be tried.</p>{sections}</html>"
    )


def _route(method: str, path: str, route: Mapping[str, Any], openapi: Mapping[str, Any]) -> str:
    takes = "".join(
        f"<li><code>{escape(one['name'])}</code> ({escape(one['in'])}"
        f"{', required' if one.get('required') else ''})</li>"
        for one in route.get("parameters", [])
    )
    content = route.get("requestBody", {}).get("content", {})
    bodies = "".join(_shape(one.get("schema", {}), openapi) for one in content.values())
    return (
        f'<details data-route="{escape(f"{method} {path}")}">'
        f"<summary><b>{escape(method.upper())}</b> <code>{escape(path)}</code></summary>"
        f"<p>{escape(route.get('description') or route.get('summary') or '')}</p>"
        f"{f'<ul>{takes}</ul>' if takes else ''}{bodies}</details>"
    )


def _shape(schema: Mapping[str, Any], openapi: Mapping[str, Any]) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    told = openapi.get("components", {}).get("schemas", {}).get(name, schema)
    return f"<pre>{escape(json.dumps(told, indent=1, ensure_ascii=False))}</pre>"
