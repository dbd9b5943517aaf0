"""`python -m sandbox.waha`: run the WAHA server from the command line."""

import argparse
from pathlib import Path

from sandbox.waha.app import run
from sandbox.waha.config import WahaConfig


def main() -> None:
    """Read the command line and serve."""
    told = argparse.ArgumentParser(prog="sandbox.waha", description="A WAHA server with groups.")
    told.add_argument("--host", default="127.0.0.1")
    told.add_argument("--port", type=int, default=3000, help="0: any free one")
    told.add_argument("--api-key", required=True)
    told.add_argument("--hmac-key", required=True)
    told.add_argument("--session", default="default")
    told.add_argument("--webhook-url")
    told.add_argument("--log", type=Path)
    told.add_argument("--state", type=Path)
    told.add_argument("--seed", type=int, default=0)
    told.add_argument("--echo", action="store_true", help="deliver own sends too (message.any)")
    told.add_argument("--retry-seconds", type=float, default=2.0)
    told.add_argument("--retry-attempts", type=int, default=15)
    told.add_argument("--timeout-seconds", type=float, default=30.0)
    told.add_argument("--base-url", help="origin of media URLs")
    given = vars(told.parse_args())
    host, port = given.pop("host"), given.pop("port")
    run(WahaConfig(**given), host, port)


if __name__ == "__main__":
    main()
