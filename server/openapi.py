"""`python -m server.openapi`: what the page's types are made from, on standard output."""

from __future__ import annotations

import json
import sys

from server.app import bare_app


def page_openapi() -> str:
    """The OpenAPI of the page's API as stable JSON; the version is left out, since it moves."""
    told = bare_app().openapi()
    told["info"]["version"] = "0"
    told["paths"] = {p: what for p, what in told["paths"].items() if p.startswith("/api/")}
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page_openapi())
