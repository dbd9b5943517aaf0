"""What health says of things that must not be asked for it."""

from server.pulse import Pulse


class Hands:
    """A clock whose hands are moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_what_was_never_used_is_idle_and_not_away() -> None:
    assert Pulse().told("zoho") == {"status": "idle", "latency_ms": None}


def test_the_last_answer_counts_and_its_age_is_told() -> None:
    hands = Hands()
    pulse = Pulse(hands)
    pulse.saw("zoho", ok=True, seconds=0.25)
    pulse.saw("zoho", ok=False, seconds=1.0, reason="search: 503")
    hands.at += 7
    assert pulse.told("zoho") == {
        "status": "away",
        "latency_ms": 1000.0,
        "seconds_ago": 7.0,
        "reason": "search: 503",
    }
    pulse.saw("zoho", ok=True, seconds=0.1)
    assert pulse.told("zoho")["status"] == "ok"


def test_traffic_is_that_of_the_last_minute() -> None:
    hands = Hands()
    pulse = Pulse(hands)
    pulse.answered(500)
    hands.at += 61
    assert pulse.traffic() == {"requests_per_minute": 0, "error_rate": 0.0}
    for status in (200, 200, 404, 503):
        pulse.answered(status)
    assert pulse.traffic() == {"requests_per_minute": 4, "error_rate": 0.25}
