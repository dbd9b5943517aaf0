"""OpenAI, and every address that speaks its chat completions (Groq, OpenRouter, vLLM, ...)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel

from domain.ports import Tool
from tools.models.hosted.dialect import Verdict
from tools.models.hosted.models import HostedModels, HostedSettings
from tools.models.hosted.schema import answer_format, tool_formats
from tools.models.hosted.usage import ModelUse, Prices

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

# A key that is not taken or a model that is not there is mended in the settings, not by a person
# who looks at the incident: another provider may do it meanwhile.
_COME_BACK = frozenset({401, 402, 403, 404, 408, 409, 429})
_REASONS = ("o1", "o3", "o4", "gpt-5", "gpt-6")


@dataclass(frozen=True)
class OpenAIConfig:
    """Where and what. `timeout` in seconds, for one request; `base_url` ends in `/v1`."""

    api_key: str = field(repr=False)
    model: str = "gpt-4o-mini"
    base_url: str | None = None
    provider: str = "openai"
    timeout: float = 30.0
    max_retries: int = 0
    temperature: float | None = 0.0
    max_output_tokens: int = 2_000
    max_connections: int = 20


def open_openai(
    config: OpenAIConfig,
    *,
    settings: HostedSettings | None = None,
    prices: Prices | None = None,
    observe: Callable[[ModelUse], None] | None = None,
) -> HostedModels:
    """Hosted models at this address; close them with `aclose()`."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    http = httpx2.AsyncClient(
        timeout=httpx2.Timeout(config.timeout, connect=min(5.0, config.timeout)),
        limits=httpx2.Limits(max_connections=config.max_connections),
        follow_redirects=False,
    )

    def make(name: str | None) -> BaseChatModel:
        model = name or config.model
        return ChatOpenAI(
            model=model,
            api_key=SecretStr(config.api_key),
            base_url=config.base_url,
            timeout=config.timeout,
            max_retries=config.max_retries,
            temperature=None if model.startswith(_REASONS) else config.temperature,
            max_completion_tokens=config.max_output_tokens,
            http_async_client=http,
            use_responses_api=False,
        )

    return HostedModels(
        config.provider,
        make,
        OpenAIDialect(),
        settings=settings or HostedSettings(deadline=config.timeout),
        prices=prices,
        observe=observe,
        close=http.aclose,
    )


class OpenAIDialect:
    """`response_format` with a strict JSON schema, next to strict functions."""

    def __init__(self) -> None:
        import httpx2
        import openai

        # The last ones are what the client raises on a body that is not what it should be.
        self._errors: tuple[type[Exception], ...] = (
            openai.OpenAIError,
            httpx2.HTTPError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        )

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """Everything the openai client is known to raise."""
        return self._errors

    def bind(
        self, model: BaseChatModel, answer: type[BaseModel], tools: Sequence[Tool]
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model made to answer with this class only, or to call one of the tools."""
        wanted = answer_format(answer)
        if tools:
            return model.bind(response_format=wanted, tools=tool_formats(tools))
        return model.bind(response_format=wanted)

    def judge(self, error: Exception) -> tuple[Verdict, str]:
        """What this error means. Bodies are not quoted: they may hold what we sent."""
        import httpx2
        import openai

        if isinstance(error, openai.APITimeoutError):
            return Verdict.UNAVAILABLE, "did not answer in time"
        if isinstance(error, openai.APIConnectionError | httpx2.HTTPError):
            return Verdict.UNAVAILABLE, "could not be reached, or hung up"
        if isinstance(error, openai.RateLimitError):
            wait = error.response.headers.get("retry-after")
            return Verdict.UNAVAILABLE, "is over its limits" + (f"; wait {wait} s" if wait else "")
        if isinstance(error, openai.APIStatusError):
            status = error.status_code
            if status >= 500 or status in _COME_BACK or 300 <= status < 400:
                return Verdict.UNAVAILABLE, f"answered {status}"
            return Verdict.REFUSED, f"does not take our request ({status})"
        if isinstance(error, openai.LengthFinishReasonError):
            return Verdict.UNUSABLE, "it was cut off for its length"
        if isinstance(error, openai.ContentFilterFinishReasonError):
            return Verdict.UNUSABLE, "a content filter stopped it"
        return Verdict.UNUSABLE, f"it could not be read ({type(error).__name__})"
