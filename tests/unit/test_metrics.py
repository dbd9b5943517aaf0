"""The names on /metrics are those that boards and alerts ask for."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.metrics import Metrics

BRIEF = """
tickets_created_total tickets_failed_total classification_success_total
classification_requests_total classification_duration_seconds classification_errors_total
model_inference_time_seconds response_time_seconds active_threads ai_cost_usd
zoho_api_latency_seconds queue_depth messages_received_total messages_sent_total connection_status
media_downloads_total api_requests_total api_request_duration_seconds conversations_total
escalations_total cache_hits_total cache_misses_total
"""
OURS = """
recado_turns_total recado_assignments_total recado_close_calls_total
recado_effects_total recado_quarantined_total
recado_outbox_pending recado_unknown_outcomes_total recado_run_seconds recado_read_seconds
"""


@pytest.mark.parametrize("name", (BRIEF + OURS).split())
def test_every_name_is_exposed(name: str) -> None:
    lines = Metrics().render().decode().splitlines()
    assert any(line.startswith(f"# TYPE {name} ") for line in lines)


def test_values_come_out_under_their_names_and_labels() -> None:
    metrics = Metrics()
    metrics.tickets_created.inc()
    metrics.ai_cost_usd.labels(provider="openai", model="gpt-4o-mini").inc(0.25)
    metrics.api_requests.labels(method="GET", endpoint="/health", status="200").inc()
    metrics.effects.labels(kind="say", state="done").inc(3)
    metrics.queue_depth.labels(queue="default").set(7)
    metrics.response_time.observe(31)
    found = {
        (sample.name, tuple(sorted(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(metrics.render().decode())
        for sample in family.samples
    }
    assert found["tickets_created_total", ()] == 1
    assert found["ai_cost_usd", ("gpt-4o-mini", "openai")] == 0.25
    assert found["api_requests_total", ("/health", "200", "GET")] == 1
    assert found["recado_effects_total", ("done", "say")] == 3
    assert found["queue_depth", ("default",)] == 7
    assert found["response_time_seconds_count", ()] == 1
    assert not [name for name, _ in found if name.endswith("_created")]


def test_two_of_them_share_nothing() -> None:
    one, other = Metrics(), Metrics()
    one.conversations.inc()
    assert b"\nconversations_total 1.0\n" in one.render()
    assert b"\nconversations_total 0.0\n" in other.render()
