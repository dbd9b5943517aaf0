"""The script: which rule answers a request, and what it says."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.openai.schema import Json

Fault = Literal[
    "429",
    "quota",
    "401",
    "500",
    "503",
    "garbage",
    "not_json",
    "half_json",
    "length",
    "refusal",
    "empty",
    "hang",
    "drop",
    "huge",
]


class Match(BaseModel):
    """What a request must have for the rule; all that is told must hold."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    contains: str | list[str] | None = None
    """Words found, in any case, in the messages that are not the system's."""
    system_contains: str | None = None
    """Words found, in any case, in the system's messages."""
    schema_name: Annotated[str | None, Field(alias="schema")] = None
    """Name of the wanted JSON schema, or of the one tool that must be called."""
    tool: str | None = None
    """Name of a tool that is offered."""
    model: str | None = None
    has_tool_result: bool | None = None
    """Whether a tool has answered since the last user message."""
    has_image: bool | None = None
    times: Annotated[int | None, Field(ge=1)] = None
    """The rule is used up after so many answers."""

    def holds(self, seen: "Seen") -> bool:
        """Whether a request has all of it."""
        words = [self.contains] if isinstance(self.contains, str) else self.contains or []
        return (
            all(word.lower() in seen.said for word in words)
            and (self.system_contains is None or self.system_contains.lower() in seen.system)
            and (self.schema_name is None or self.schema_name == seen.schema_name)
            and (self.tool is None or self.tool in seen.tools)
            and (self.model is None or self.model == seen.model)
            and (self.has_tool_result is None or self.has_tool_result == seen.has_tool_result)
            and (self.has_image is None or self.has_image == seen.has_image)
        )


class ToolCall(BaseModel):
    """A call the model makes; text arguments are passed on as they are, broken ones too."""

    model_config = ConfigDict(extra="forbid")

    name: str
    arguments: dict[str, Any] | str = {}


class Answer(BaseModel):
    """Exactly one of content, tool_calls (content may stand beside them) and fault."""

    model_config = ConfigDict(extra="forbid")

    content: dict[str, Any] | list[Any] | str | None = None
    tool_calls: list[ToolCall] | None = None
    fault: Fault | None = None
    delay_seconds: Annotated[float, Field(ge=0)] = 0
    retry_after_seconds: float | None = None
    """Told with a 429; unset: retry-after-ms of 20."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Answer":
        if (self.content is None and self.tool_calls is None) != (self.fault is not None):
            raise ValueError("an answer is content, tool_calls or a fault")
        return self


class Rule(BaseModel):
    """When this, answer that."""

    model_config = ConfigDict(extra="forbid")

    match: Match = Match()
    answer: Answer


class Seen:
    """What rules look at in a request."""

    def __init__(self, body: Json) -> None:
        messages: list[Json] = body["messages"]
        told = [message for message in messages if message["role"] in {"system", "developer"}]
        self.system = "\n".join(map(_text, told)).lower()
        self.said = "\n".join(_text(message) for message in messages if message not in told).lower()
        self.model = str(body["model"])
        self.tools = [tool["function"]["name"] for tool in body.get("tools") or []]
        self.schema_name = _schema_name(body)
        last_user = max(
            (place for place, message in enumerate(messages) if message["role"] == "user"),
            default=-1,
        )
        self.has_tool_result = any(
            message["role"] == "tool" for message in messages[last_user + 1 :]
        )
        self.has_image = any(
            part.get("type") == "image_url" for message in messages for part in _parts(message)
        )


def _schema_name(body: Json) -> str | None:
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return str(wanted["json_schema"]["name"])
    choice = body.get("tool_choice")
    return str(choice["function"]["name"]) if isinstance(choice, dict) else None


def _parts(message: Json) -> list[Json]:
    content = message.get("content")
    return content if isinstance(content, list) else []


def _text(message: Json) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in _parts(message) if part.get("type") == "text")


def count_tokens(text: str) -> int:
    """Return the tokens of a text as this server counts them: four characters each."""
    return len(text) // 4


def prompt_tokens(body: Json) -> int:
    """Return the tokens of the messages; an image counts 85, whatever its size."""
    images = sum(
        85 for one in body["messages"] for part in _parts(one) if part["type"] == "image_url"
    )
    calls = sum(
        count_tokens(str(one["tool_calls"])) for one in body["messages"] if one.get("tool_calls")
    )
    return images + calls + sum(count_tokens(_text(message)) for message in body["messages"])


class Script:
    """The rules in order, and how often each has answered."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        self._used = [0] * len(rules)

    def answer(self, seen: Seen) -> Answer | None:
        """Return the first rule's answer that matches and is not used up."""
        for place, rule in enumerate(self.rules):
            times = rule.match.times
            if (times is None or self._used[place] < times) and rule.match.holds(seen):
                self._used[place] += 1
                return rule.answer
        return None
