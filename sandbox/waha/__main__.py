"""`python -m sandbox.waha`: run the WAHA server from the command line."""

import argparse
from pathlib import Path

from sandbox.waha.app import run
from sandbox.waha.config import WahaConfig


def main() -> None:
    """Read the command line and serve."""
    told = argparse.ArgumentParser(
        prog="python -m sandbox.waha",
        description="A WAHA server with groups, and a page at / to write in them; its own control"
        " routes are under /sandbox.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    told.add_argument("--host", default="127.0.0.1", help="address to listen on")
    told.add_argument("--port", type=int, default=3000, help="port to listen on; 0 is any free one")
    told.add_argument("--api-key", required=True, help="what callers send as X-Api-Key")
    told.add_argument("--hmac-key", required=True, help="signs the webhooks")
    told.add_argument("--session", default="default", help="name of the one session")
    told.add_argument("--webhook-url", help="where events are sent; unset: nowhere")
    told.add_argument("--log", type=Path, help="append one JSON line here for all that happens")
    told.add_argument("--state", type=Path, help="SQLite file that outlives a restart")
    told.add_argument("--seed", type=int, default=0, help="seed of the faults")
    told.add_argument("--echo", action="store_true", help="deliver own sends too (message.any)")
    told.add_argument("--retry-seconds", type=float, default=2.0, help="between tries")
    told.add_argument("--retry-attempts", type=int, default=15, help="tries of a webhook")
    told.add_argument("--timeout-seconds", type=float, default=30.0, help="of one try")
    told.add_argument("--base-url", help="origin of media URLs")
    given = vars(told.parse_args())
    host, port = given.pop("host"), given.pop("port")
    run(WahaConfig(**given), host, port)


if __name__ == "__main__":
    main()
