"""The Models port over any LangChain chat model that a company hosts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from pydantic import BaseModel

from domain.errors import ModelFailed, ModelUnavailable, NotAllowed
from domain.ports import Tool, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
    choice_among,
)
from tools.models.hosted.answer import Unusable, read_answer
from tools.models.hosted.conversation import Window, write_messages, write_repair
from tools.models.hosted.dialect import Dialect, Verdict
from tools.models.hosted.schema import given_arguments
from tools.models.hosted.usage import ModelUse, Outcome, Prices

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

A = TypeVar("A", bound=BaseModel)

# One message of a model may ask for several tools; this many are used, the others are refused.
MOST_CALLS_A_ROUND = 4
LONGEST_RESULT = 2_000


@dataclass(frozen=True)
class HostedSettings:
    """How a hosted model is asked, whichever it is. `deadline` in seconds, for one request."""

    window: Window = field(default_factory=Window)
    max_tool_rounds: int = 3
    deadline: float = 30.0


class HostedModels:
    """Asks one provider's chat models; implements domain.ports.Models.

    `make(name)` gives the chat model of that name, the default one for None; `observe` hears of
    every request, failed ones too. Raises ModelUnavailable when the provider cannot be reached,
    is over its limits or does not take our key, and ModelFailed when its answer cannot be used
    even after one repair.
    """

    def __init__(
        self,
        provider: str,
        make: Callable[[str | None], BaseChatModel],
        dialect: Dialect,
        *,
        settings: HostedSettings | None = None,
        prices: Prices | None = None,
        observe: Callable[[ModelUse], None] | None = None,
        close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.provider = provider
        self._make = make
        self._dialect = dialect
        self._settings = settings or HostedSettings()
        self._prices = prices or Prices.load()
        self._observe = observe
        self._close = close
        self._made: dict[str | None, BaseChatModel] = {}

    async def classify(self, call: ModelCall) -> Classification:
        """Whether this conversation is an incident, and of which kind."""
        return await self._answer(call, Classification)

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        """What the conversation says about the incident."""
        return await self._answer(call, Extraction, tools)

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        """What can be read in the image."""
        return await self._answer(call, ImageDescription, image=(image, mimetype))

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        """What the newest message means once the ticket is planned or open."""
        return await self._answer(call, FollowUp, tools)

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """Which of the offered places the burst belongs to; a key of nobody's is no answer."""
        return await self._answer(call, choice_among([place.key for place in call.places]))

    async def aclose(self) -> None:
        """Close the connections; the lifespan calls it."""
        if self._close is not None:
            await self._close()

    async def _answer(
        self,
        call: ModelCall,
        answer: type[A],
        tools: Toolbox | None = None,
        image: tuple[bytes, str] | None = None,
    ) -> A:
        messages = write_messages(call, self._settings.window, image)
        sources = "\n".join([*(line.text for line in call.conversation), *call.images])
        try:
            message = await self._consult(call, messages, answer, tools)
            return read_answer(message, answer, sources)
        except Unusable as flaw:
            messages += write_repair(flaw)
        try:
            return read_answer(await self._ask(call, messages, answer), answer, sources)
        except Unusable as flaw:
            raise ModelFailed(
                f"{self.provider} gave no usable answer for {call.node}: {flaw.reason}"
            ) from flaw

    async def _consult(
        self,
        call: ModelCall,
        messages: list[BaseMessage],
        answer: type[BaseModel],
        toolbox: Toolbox | None,
    ) -> AIMessage:
        """The model's answer, after the tools it wished to use; what they said joins `messages`."""
        if toolbox is None or not toolbox.tools:
            return await self._ask(call, messages, answer)
        for _ in range(self._settings.max_tool_rounds):
            message = await self._ask(call, messages, answer, toolbox.tools)
            if not (message.tool_calls or message.invalid_tool_calls):
                return message
            messages.append(message)
            messages.extend(await _use_tools(message, toolbox))
        return await self._ask(call, messages, answer)

    async def _ask(
        self,
        call: ModelCall,
        messages: Sequence[BaseMessage],
        answer: type[BaseModel],
        tools: Sequence[Tool] = (),
    ) -> AIMessage:
        """One request. Raises Unusable when the client could not read what came back."""
        chosen = self._chosen(call)
        model = self._model(chosen)
        asked = self._dialect.bind(model, answer, tools)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._settings.deadline):
                message = await asked.ainvoke(list(messages))
        except TimeoutError as error:
            self._count(call, chosen, started, "unavailable")
            raise ModelUnavailable(
                f"{self.provider} did not answer within {self._settings.deadline:g} s"
            ) from error
        except self._dialect.errors as error:
            verdict, sentence = self._dialect.judge(error)
            unavailable = verdict is Verdict.UNAVAILABLE
            self._count(call, chosen, started, "unavailable" if unavailable else "unusable")
            if unavailable:
                raise ModelUnavailable(f"{self.provider} {sentence}") from error
            if verdict is Verdict.REFUSED:
                raise ModelFailed(f"{self.provider} {sentence}") from error
            raise Unusable(sentence) from error
        self._count(call, chosen, started, "answered", message)
        return message

    def _chosen(self, call: ModelCall) -> str | None:
        """The model this call names, when it names one of ours."""
        provider, _, name = (call.model or "").partition(":")
        return name if name and provider == self.provider else None

    def _model(self, name: str | None) -> BaseChatModel:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _count(
        self,
        call: ModelCall,
        chosen: str | None,
        started: float,
        outcome: Outcome,
        message: AIMessage | None = None,
    ) -> None:
        if self._observe is None:
            return
        made = self._model(chosen)
        name = chosen or str(getattr(made, "model_name", None) or getattr(made, "model", ""))
        usage = message.usage_metadata if message is not None else None
        tokens_in = usage["input_tokens"] if usage else 0
        tokens_out = usage["output_tokens"] if usage else 0
        cached = (usage.get("input_token_details") or {}).get("cache_read", 0) if usage else 0
        cost = self._prices.cost(name, tokens_in, tokens_out, cached) if usage else None
        self._observe(
            ModelUse(
                provider=self.provider,
                model=name,
                node=call.node,
                incident_id=call.incident_id,
                seconds=time.perf_counter() - started,
                outcome=outcome,
                input_tokens=tokens_in,
                output_tokens=tokens_out,
                cached_tokens=cached,
                cost_usd=cost,
            )
        )


async def _use_tools(message: AIMessage, toolbox: Toolbox) -> list[ToolMessage]:
    """Every call of a message answered: by its result, or by why there is none."""
    answers: list[ToolMessage] = []
    for number, wish in enumerate(message.tool_calls):
        if number < MOST_CALLS_A_ROUND:
            text = await _use(toolbox, wish["name"], wish["args"])
        else:
            text = f"Not done: at most {MOST_CALLS_A_ROUND} tools at a time."
        answers.append(ToolMessage(text[:LONGEST_RESULT], tool_call_id=wish["id"] or ""))
    for broken in message.invalid_tool_calls:
        text = "Not done: the arguments are not a JSON object."
        answers.append(ToolMessage(text, tool_call_id=broken["id"] or ""))
    return answers


async def _use(toolbox: Toolbox, name: str, arguments: dict[str, object]) -> str:
    try:
        return await toolbox.use(name, given_arguments(toolbox.tools, name, arguments))
    except NotAllowed as error:
        return f"Not allowed: {error}"
