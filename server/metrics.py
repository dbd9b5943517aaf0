"""What Prometheus reads at /metrics: the names of the brief, and ours with the prefix recado_."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_CALLS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60)
_JOURNEY = (1, 2, 5, 10, 20, 30, 60, 90, 120, 300, 600, 1800, 3600)


class _Lean(Collector):
    """A registry's metrics without the `_created` times that the library adds to each."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        """The same metrics, leaner."""
        for metric in self._registry.collect():
            kept = Metric(metric.name, metric.documentation, metric.type, metric.unit)
            kept.samples = [one for one in metric.samples if not one.name.endswith("_created")]
            yield kept


class Metrics:
    """Every metric of one process, on a registry of its own. Times are in seconds.

    Label values must come from small fixed sets: never a chat, a person, an id or a message.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._name_brief()
        self._name_ours()
        ProcessCollector(registry=self.registry)
        self.shown = CollectorRegistry()
        """What is served: the same, leaner."""
        self.shown.register(_Lean(self.registry))

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        """A counter exposed as exactly `name`, which must end in `_total`."""
        return Counter(name.removesuffix("_total"), what, labels, registry=self.registry)

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(name, what, labels, registry=self.registry)

    def _histogram(
        self, name: str, what: str, *labels: str, buckets: tuple[float, ...] = _CALLS
    ) -> Histogram:
        return Histogram(name, what, labels, registry=self.registry, buckets=buckets)

    def _name_brief(self) -> None:
        self.tickets_created = self._counter("tickets_created_total", "Tickets opened in the desk")
        self.tickets_failed = self._counter(
            "tickets_failed_total", "Tickets that the desk refused for good", "reason"
        )
        self.classification_requests = self._counter(
            "classification_requests_total", "Turns put to classification"
        )
        self.classification_success = self._counter(
            "classification_success_total", "Turns classified"
        )
        self.classification_errors = self._counter(
            "classification_errors_total", "Classifications that failed", "reason"
        )
        self.classification_duration = self._histogram(
            "classification_duration_seconds", "Time of one classification"
        )
        self.model_inference_time = self._histogram(
            "model_inference_time_seconds", "Time of one model call", "provider", "model", "node"
        )
        self.response_time = self._histogram(
            "response_time_seconds", "From the first message to its ticket", buckets=_JOURNEY
        )
        self.active_threads = self._gauge("active_threads", "Incidents that are open")
        # A sum that only grows, but named without `_total`: a counter could not be called so.
        self.ai_cost_usd = self._gauge(
            "ai_cost_usd", "Spent on models since the start, USD", "provider", "model"
        )
        self.zoho_api_latency = self._histogram(
            "zoho_api_latency_seconds", "Time of one Zoho Desk call", "operation", "status"
        )
        self.queue_depth = self._gauge("queue_depth", "Jobs that wait", "queue")
        self.messages_received = self._counter(
            "messages_received_total", "Messages stored, each once", "channel"
        )
        self.messages_sent = self._counter("messages_sent_total", "Messages sent", "channel")
        self.connection_status = self._gauge(
            "connection_status", "1 while the channel is connected, else 0", "channel"
        )
        self.media_downloads = self._counter(
            "media_downloads_total", "Files fetched from a channel", "status"
        )
        self.api_requests = self._counter(
            "api_requests_total", "Requests answered", "method", "endpoint", "status"
        )
        self.api_request_duration = self._histogram(
            "api_request_duration_seconds",
            "Time of one request",
            "method",
            "endpoint",
            buckets=_QUICK,
        )
        self.conversations = self._counter("conversations_total", "Incidents begun")
        self.escalations = self._counter(
            "escalations_total", "Incidents handed to a person", "reason"
        )
        self.cache_hits = self._counter("cache_hits_total", "Answers found in a cache", "cache")
        self.cache_misses = self._counter("cache_misses_total", "Answers not in a cache", "cache")

    def _name_ours(self) -> None:
        self.turns = self._counter("recado_turns_total", "Turns that became ripe")
        self.turns_set_aside = self._counter(
            "recado_turns_set_aside_total", "Turns given to a person because their runs fail"
        )
        self.assignments = self._counter(
            "recado_assignments_total", "Turns assigned to an incident or to none", "outcome"
        )
        self.close_calls = self._counter(
            "recado_close_calls_total", "Turns that a model could be asked about", "outcome"
        )
        self.effects = self._counter(
            "recado_effects_total", "Effects that came to a state", "kind", "state"
        )
        self.quarantined = self._counter(
            "recado_quarantined_total", "Events set aside as unusable", "reason"
        )
        self.outbox_pending = self._gauge("recado_outbox_pending", "Effects not yet sent", "lane")
        self.unknown_outcomes = self._counter(
            "recado_unknown_outcomes_total", "Calls whose outcome is not known"
        )
        self.run_duration = self._histogram("recado_run_seconds", "Time of one run of the graph")
        self.read_duration = self._histogram(
            "recado_read_seconds", "Time to read one text without a model", buckets=_QUICK
        )

    def render(self) -> bytes:
        """Everything in Prometheus' text format, served as `CONTENT_TYPE`."""
        return generate_latest(self.shown)
