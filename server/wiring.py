"""Which adapter stands behind which port: the only place that chooses."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import structlog
from procrastinate import App, PsycopgConnector

from domain.errors import RecadoError
from domain.incident import Category
from domain.ports import Channel, Clock, GroupDirectory, KnowledgeBase, Models
from graph.context import Context
from server.clock import SystemClock
from server.close_calls import CloseCallSettings
from server.desk_watch import DeskWatch
from server.engine import Engine, Outside, Pace
from server.group_names import GroupNames
from server.home import Home
from server.indexer import Indexer
from server.judge import Judge
from server.metrics import Metrics
from server.parts import Parts
from server.persistence.database import make_pool
from server.persistence.history import PostgresHistory
from server.persistence.inbox import Burst
from server.persistence.tokens import PostgresTokenStore
from server.pulse import Pulse
from server.queue import ProcrastinateQueue
from server.scheduler import ScheduleSettings
from server.sender import SendSettings
from server.settings import Settings, secret_key
from server.trace import used
from server.turns import staff_ids
from tools.channels.waha.channel import WahaChannel
from tools.desk_tools import DeskToolShop
from tools.knowledge.chroma import ChromaConfig, ChromaKnowledge
from tools.knowledge.likeness import LikenessEncoder, encoder_name, fitted_similarity
from tools.media.disk import DiskMedia
from tools.media.inspect import ChildInspector
from tools.models.failover import FailoverModels
from tools.models.hosted.openai import OpenAIConfig, open_openai
from tools.models.hosted.usage import ModelUse
from tools.models.local.answers_for_several import answer_for_several
from tools.models.local.clauses import matters_of
from tools.models.local.courtesy import without_courtesy
from tools.models.local.engine import LocalModels
from tools.models.local.group_stores import GroupStores
from tools.models.local.joining import load_assignment_weights, load_kinship_weights
from tools.models.local.reader import LocalReader
from tools.models.local.systems import is_shared, same_system
from tools.zoho.client import ZohoClient, open_http
from tools.zoho.config import ZohoConfig
from tools.zoho.desk import ZohoDesk
from tools.zoho.errors import is_config_error
from tools.zoho.oauth import AccessTokens
from tools.zoho.webhook import WebhookVerifier

log = structlog.get_logger(__name__)
FITTED_SIMILARITY = fitted_similarity()
# Providers that have a name already and are skipped.
NOT_BUILT = ("gemini", "xai")


def process_name() -> str:
    """Who we are in leases and logs."""
    return f"{socket.gethostname()}:{os.getpid()}"


def zoho_config(settings: Settings) -> ZohoConfig:
    """What the desk adapter is told. Raises ValueError for addresses that cannot be used."""
    secret, refresh = settings.zoho_client_secret, settings.zoho_refresh_token
    return ZohoConfig(
        client_id=settings.zoho_client_id or "",
        client_secret=secret.get_secret_value() if secret else "",
        refresh_token=refresh.get_secret_value() if refresh else "",
        org_id=settings.zoho_org_id or "",
        department_id=settings.zoho_department_id or "",
        data_centre=settings.zoho_dc,
        desk_url=settings.zoho_desk_url,
        accounts_url=settings.zoho_accounts_url,
        webhook_id=settings.zoho_webhook_id,
        total_seconds=12.0,
    )


def pace_of(settings: Settings) -> Pace:
    """The limits of the path, out of the settings."""
    return Pace(
        burst=Burst(settings.quiet_seconds, settings.longest_wait_seconds),
        schedule=ScheduleSettings(desk_notice=settings.desk_notice_seconds),
        send=SendSettings(
            retry=settings.desk_retry_seconds,
            settle=settings.desk_settle_seconds,
            budget=settings.group_messages_per_hour,
            repeat=settings.repeat_seconds,
            doubt=settings.quiet_seconds * settings.doubt_times,
        ),
        lease=settings.lease_seconds,
        node_timeout=settings.node_timeout_seconds,
        turn_tries=settings.turn_tries,
        leads_within=settings.lead_in_seconds,
        durability=settings.checkpoint_durability,
        media_max_bytes=settings.media_max_bytes,
        pool_size=settings.database_pool_size,
        close_calls=close_calls_of(settings),
    )


def close_calls_of(settings: Settings) -> CloseCallSettings | None:
    """How models are asked where a message belongs; None where there is none to ask."""
    model = settings.node_models.get("assign")
    hosted = [one for one in settings.providers if one.name not in ("local", *NOT_BUILT)]
    per_hour, seconds = settings.close_calls_per_hour, settings.close_call_seconds
    if not hosted or not per_hour or not seconds or (model or "").partition(":")[0] == "local":
        return None
    return CloseCallSettings(seconds, per_hour, model)


def context_of(settings: Settings) -> Callable[[str], Context]:
    """The knobs of a run in one chat; the chat's own settings beat the general ones."""
    models = settings.node_models

    def context(chat: str) -> Context:
        group = settings.file.groups.get(chat)
        support = (
            (group.human_support if group else ())
            or settings.file.human_support
            or settings.human_support
        )
        return Context(
            classify_model=models.get("classify", ""),
            extract_model=models.get("extract", ""),
            describe_image_model=models.get("image", ""),
            follow_up_model=models.get("follow_up", ""),
            reask_seconds=settings.reask_seconds,
            max_reasks=settings.max_reasks,
            close_after_seconds=settings.close_after_seconds,
            reopen_within_seconds=settings.reopen_within_seconds,
            outage_urgent_stores=settings.outage_urgent_stores,
            similarity_threshold=settings.similarity_threshold or FITTED_SIMILARITY,
            human_support=support[0] if support else "",
            required_fields={
                category.value: sorted(f.value for f in settings.file.required_in(chat, category))
                for category in Category
            },
            time_zone=settings.tz,
        )

    return context


def home_of(settings: Settings) -> Callable[[str], Home]:
    """What the settings file says of a chat."""

    def home(chat: str) -> Home:
        group = settings.file.groups.get(chat)
        return Home(group.name, group.store) if group else Home()

    return home


def choose_models(
    settings: Settings,
    metrics: Metrics,
    stack: AsyncExitStack,
    *,
    bill: Callable[[ModelUse], None] | None = None,
    pulse: Pulse | None = None,
) -> Models:
    """The providers in their order of failover, the local engine last.

    `bill` hears of every request to a hosted model, besides the metrics and the pulse.
    """
    pulse = pulse or Pulse()
    ordered: list[tuple[str, Models]] = []
    for provider in settings.providers:
        if provider.name == "local":
            ordered.append(("local", LocalModels()))
            continue
        if provider.name in NOT_BUILT:
            log.warning("provider not built yet, and skipped", provider=provider.name)
            continue
        hosted = open_openai(
            OpenAIConfig(
                api_key=provider.keys[0].get_secret_value() if provider.keys else "none",
                model=provider.model,
                base_url=provider.base_url or None,
                provider=provider.name,
                timeout=settings.model_timeout_seconds,
            ),
            observe=_observe_model(metrics, pulse, bill),
        )
        stack.push_async_callback(hosted.aclose)
        ordered.append((provider.name, hosted))
    if not any(name == "local" for name, _ in ordered):
        ordered.append(("local", LocalModels()))

    def failed_over(name: str, error: RecadoError) -> None:
        metrics.classification_errors.labels(reason=type(error).__name__).inc()
        pulse.saw(name, ok=False, reason=type(error).__name__)

    return FailoverModels(ordered, observe_failover=failed_over)


def _observe_model(
    metrics: Metrics, pulse: Pulse, bill: Callable[[ModelUse], None] | None
) -> Callable[[ModelUse], None]:
    def observe(use: ModelUse) -> None:
        if bill is not None:
            bill(use)
        pulse.saw(use.provider, ok=True, seconds=use.seconds)
        used(use)
        metrics.model_inference_time.labels(
            provider=use.provider, model=use.model, node=use.node
        ).observe(use.seconds)
        if use.cost_usd:
            metrics.ai_cost_usd.labels(provider=use.provider, model=use.model).inc(use.cost_usd)

    return observe


def _is_well(status: int) -> bool:
    """Whether an HTTP status tells of a desk that works: a 404 does, a refused token does not."""
    return 200 <= status < 500 and status not in (401, 403, 429)


def _channel_http() -> httpx.AsyncClient:
    """A connection that idled too long may be gone, and a send on it of unknown outcome."""
    limits = httpx.Limits(keepalive_expiry=2)
    return httpx.AsyncClient(follow_redirects=False, trust_env=False, limits=limits)


def choose_channels(settings: Settings, http: httpx.AsyncClient) -> dict[str, Channel]:
    """The channels that are configured, by name."""
    channels: dict[str, Channel] = {}
    if settings.waha_url:
        key = settings.waha_api_key
        channels["waha"] = WahaChannel(
            settings.waha_url,
            key.get_secret_value() if key else "",
            http,
            session=settings.waha_session,
        )
    return channels


def choose_directories(channels: Mapping[str, Channel]) -> dict[str, GroupDirectory]:
    """The channels that can be asked what a group is called."""
    return {name: one for name, one in channels.items() if isinstance(one, GroupDirectory)}


def choose_judge() -> Judge:
    """What assignment judges with."""
    weights = load_assignment_weights()
    return Judge(
        LocalReader(),
        weights,
        same_system,
        is_shared,
        matters_of,
        GroupStores,
        load_kinship_weights(),
        answer_for_several,
        without_courtesy,
    )


def choose_knowledge(settings: Settings, stack: AsyncExitStack) -> KnowledgeBase:
    """Chroma over HTTP, with our own embeddings."""
    key = settings.chroma_api_key
    knowledge = ChromaKnowledge(
        ChromaConfig(
            settings.chroma_url or "http://127.0.0.1:1",
            token=key.get_secret_value() if key else None,
        ),
        LikenessEncoder().encode,
    )
    stack.push_async_callback(knowledge.aclose)
    return knowledge


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Parts]:
    """Open everything in order and close it in reverse.

    The database must be migrated and reachable. Raises ValueError, psycopg.Error.
    """
    async with AsyncExitStack() as stack:
        assert settings.database_url is not None  # noqa: S101 - filled in by the embedded default
        url = settings.database_url.get_secret_value()
        pool = make_pool(url, settings.database_pool_size)
        await pool.open()
        stack.push_async_callback(pool.close)
        app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))
        await stack.enter_async_context(app.open_async())
        metrics, pulse = Metrics(), Pulse()
        clock = clock or SystemClock()
        queue = ProcrastinateQueue(app)
        config = zoho_config(settings)
        zoho_http = await stack.enter_async_context(open_http(config))
        store = PostgresTokenStore(pool, secret_key(settings))
        tokens = AccessTokens(zoho_http, config, store)

        def seen(operation: str, status: int, seconds: float) -> None:
            why = "" if _is_well(status) else f"{operation}: {status or 'no answer'}"
            pulse.saw("zoho", ok=_is_well(status), seconds=seconds, reason=why)
            metrics.zoho_api_latency.labels(operation=operation, status=status).observe(seconds)

        desk = ZohoDesk(ZohoClient(zoho_http, tokens, config, observe=seen), config)
        http = await stack.enter_async_context(_channel_http())
        channels = choose_channels(settings, http)
        knowledge = choose_knowledge(settings, stack)
        history = PostgresHistory(pool)
        outside = Outside(
            models=choose_models(settings, metrics, stack, pulse=pulse),
            judge=choose_judge(),
            desk=desk,
            channels=channels,
            knowledge=knowledge,
            media=DiskMedia(settings.media_dir),
            inspector=ChildInspector(),
            tools=DeskToolShop(
                desk,
                knowledge,
                history,
                settings.similarity_threshold or FITTED_SIMILARITY,
                files_of=history.files_of,
            ),
            is_settings_error=is_config_error,
            eyes=LocalModels(),
        )
        engine = Engine(
            pool=pool,
            queue=queue,
            clock=clock,
            outside=outside,
            pace=pace_of(settings),
            owner=process_name(),
            zone=settings.zone,
            context=context_of(settings),
            metrics=metrics,
            groups=frozenset(settings.groups),
            staff=staff_ids(settings.support_staff),
            home=home_of(settings),
        )
        yield Parts(
            settings=settings,
            pool=pool,
            queue=queue,
            clock=clock,
            engine=engine,
            desk=desk,
            channels=channels,
            knowledge=knowledge,
            watch=DeskWatch(pool, queue, clock, desk, SystemClock()),
            indexer=Indexer(pool, knowledge, encoder_name()),
            names=GroupNames(pool, SystemClock(), choose_directories(channels)),
            verifier=WebhookVerifier(zoho_http, config),
            metrics=metrics,
            pulse=pulse,
        )
