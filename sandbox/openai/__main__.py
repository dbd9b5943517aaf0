"""`python -m sandbox.openai`: run the OpenAI-compatible server from the command line."""

import argparse
from pathlib import Path

from sandbox.openai.app import OpenAiConfig, run


def main() -> None:
    """Read the command line and serve."""
    told = argparse.ArgumentParser(prog="sandbox.openai", description="A scripted model server.")
    told.add_argument("--host", default="127.0.0.1")
    told.add_argument("--port", type=int, default=3100, help="0: any free one")
    told.add_argument("--script", type=Path, help="JSON file with the rules to start with")
    told.add_argument("--log", type=Path)
    told.add_argument("--api-key", help="the one key that is taken; unset: any")
    given = vars(told.parse_args())
    host, port = given.pop("host"), given.pop("port")
    run(OpenAiConfig(**given), host, port)


if __name__ == "__main__":
    main()
