"""A running Zoho Desk stand-in for tests: the process, a logged-in client, a webhook receiver."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.stage import EACH_ITS_OWN, PATIENCE

ROOT = Path(__file__).resolve().parents[2]
ORG = "60001234567"
DEPARTMENT = "189200000000006907"
WEBHOOK = "189200000000009001"
CREDENTIALS = {
    "client_id": "1000.SANDBOXCLIENT",
    "client_secret": "sandbox-client-secret",
    "refresh_token": "1000.sandbox-refresh-token",
    "grant_type": "refresh_token",
}
CREATE = "POST /api/v1/tickets"


def until(true: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.02)


class Portal:
    """A running stand-in and a client with a token."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.zoho", "--port", "0", *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        match = re.fullmatch(r"Zoho Desk stand-in on (http://127\.0\.0\.1:\d+)\n", line)
        assert match, line
        self.origin = match[1]
        self.http = httpx.Client(
            base_url=self.origin, trust_env=False, timeout=PATIENCE, limits=EACH_ITS_OWN
        )

    def log_in(self) -> None:
        token = self.token()["access_token"]
        self.http.headers.update({"Authorization": f"Zoho-oauthtoken {token}", "orgId": ORG})

    def token(self, **changes: str) -> dict[str, Any]:
        answer = self.http.post("/oauth/v2/token", data={**CREDENTIALS, **changes})
        assert answer.status_code == 200
        return dict(answer.json())

    def create(self, **changes: Any) -> httpx.Response:
        body = {"subject": "Printer is down", "departmentId": DEPARTMENT, **changes}
        if "contactId" not in body and "contact" not in body:
            body["contact"] = {"email": "ana@example.com", "lastName": "Ana"}
        return self.http.post("/api/v1/tickets", json=body)

    def ticket(self, **changes: Any) -> dict[str, Any]:
        answer = self.create(**changes)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def faults(self, **plan: Any) -> None:
        answer = self.http.put("/sandbox/faults", json=plan)
        assert answer.status_code == 200, answer.text

    def stored(self) -> list[dict[str, Any]]:
        return list(self.http.get("/sandbox/tickets").json()["tickets"])

    def log(self, after: int = 0) -> list[dict[str, Any]]:
        return list(self.http.get("/sandbox/log", params={"after": after}).json())

    def last_seq(self) -> int:
        lines = self.log()
        return int(lines[-1]["seq"]) if lines else 0

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End the process. Raises subprocess.TimeoutExpired when it does not."""
        self.http.close()
        os.kill(self.process.pid, how)
        self.process.wait(timeout=PATIENCE)
        assert self.process.stderr is not None
        self.process.stderr.close()


@dataclass
class Receiver:
    """Recado's webhook address, as far as Zoho can tell."""

    url: str = ""
    status: int = 200
    deliveries: list[tuple[str | None, Any]] = field(default_factory=list)

    def wait_for(self, count: int) -> None:
        until(lambda: len(self.deliveries) >= count)


@pytest.fixture(scope="module")
def listening() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(receiver.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            receiver.deliveries.append((self.headers["X-ZDesk-JWT"], json.loads(raw)))
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/zoho/hook"
    yield receiver
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def process(listening: Receiver) -> Iterator[Portal]:
    portal = Portal("--webhook-url", listening.url, "--attachment-limit", "1000", "--seed", "7")
    yield portal
    portal.stop()


@pytest.fixture
def receiver(listening: Receiver) -> Receiver:
    listening.deliveries.clear()
    listening.status = 200
    return listening


@pytest.fixture
def portal(process: Portal, receiver: Receiver) -> Portal:
    process.http.headers.pop("Authorization", None)
    process.http.headers.pop("orgId", None)
    assert process.http.post("/sandbox/reset").status_code == 204
    process.log_in()
    return process


def refused(answer: httpx.Response) -> dict[str, str]:
    """The fields at fault of a 422, each with its kind of error."""
    assert answer.status_code == 422, answer.text
    assert answer.json()["errorCode"] == "INVALID_DATA"
    return {error["fieldName"]: error["errorType"] for error in answer.json()["errors"]}
