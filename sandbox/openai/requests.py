"""What OpenAI checks in a chat completion request before any model sees it."""

import base64
import binascii
import re
from typing import Any

from sandbox.openai.schema import Json, SchemaError, check_strict

_NAME = re.compile(r"^[a-zA-Z0-9_-]{1,64}$")
_IMAGE = re.compile(r"^data:(image/(?:png|jpeg|webp|gif));base64,(.*)$", re.DOTALL)
_ROLES = {"system", "developer", "user", "assistant", "tool"}
_PARTS = {"text", "image_url", "input_audio", "file", "refusal"}


class InvalidRequest(ValueError):
    """A request OpenAI answers with 400 invalid_request_error."""

    def __init__(self, message: str, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.param = param
        self.code = code


def check_request(body: Json) -> None:
    """Raise InvalidRequest for the first thing that is wrong."""
    if not isinstance(body.get("model"), str) or not body["model"]:
        raise InvalidRequest("you must provide a model parameter", "model")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise InvalidRequest("'messages' must be an array with at least one message.", "messages")
    for place, message in enumerate(messages):
        _check_message(message, f"messages.[{place}]")
    _check_tool_order(messages)
    _check_tools(body)
    _check_format(body.get("response_format"), messages)


def _check_message(message: Any, where: str) -> None:
    if not isinstance(message, dict):
        raise InvalidRequest("a message must be an object.", where)
    role, content = message.get("role"), message.get("content")
    if role not in _ROLES:
        raise InvalidRequest(f"Invalid value: '{role}'.", f"{where}.role", "invalid_value")
    if isinstance(content, list):
        if not content:
            raise InvalidRequest("content must not be an empty array.", f"{where}.content")
        for place, part in enumerate(content):
            _check_part(part, role, f"{where}.content.[{place}]")
    elif content is None:
        if role != "assistant" or not (message.get("tool_calls") or message.get("refusal")):
            raise InvalidRequest(
                "Invalid value for 'content': expected a string, got null.", f"{where}.content"
            )
    elif not isinstance(content, str):
        raise InvalidRequest("content must be a string or an array.", f"{where}.content")
    if "name" in message and not _NAME.match(str(message["name"])):
        raise InvalidRequest("Expected a name that matches '^[a-zA-Z0-9_-]+$'.", f"{where}.name")


def _check_part(part: Any, role: str, where: str) -> None:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in _PARTS:
        raise InvalidRequest(f"Invalid value: '{kind}'.", f"{where}.type", "invalid_value")
    if kind == "text" and not isinstance(part.get("text"), str):
        raise InvalidRequest("a text part needs 'text'.", f"{where}.text")
    if kind == "image_url":
        if role != "user":
            raise InvalidRequest("Image parts are only allowed in user messages.", where)
        _check_image(part.get("image_url"), f"{where}.image_url")


def _check_image(image: Any, where: str) -> None:
    url = image.get("url") if isinstance(image, dict) else None
    if not isinstance(url, str):
        raise InvalidRequest("'image_url' must be an object with 'url'.", where)
    if url.startswith("https://"):
        return
    match = _IMAGE.match(url)
    try:
        content = base64.b64decode(match.group(2), validate=True) if match else b""
    except binascii.Error:
        content = b""
    if not content:
        raise InvalidRequest(
            "You uploaded an unsupported image. Please make sure your image is valid: "
            "png, jpeg, gif or webp as a base64 data URL.",
            where,
            "invalid_image_format",
        )


def _check_tool_order(messages: list[Json]) -> None:
    """Each assistant message with tool_calls is followed by an answer to each of them."""
    waiting: list[str] = []
    for place, message in enumerate(messages):
        if message["role"] == "tool":
            answered = message.get("tool_call_id")
            if answered not in waiting:
                raise InvalidRequest(
                    "Invalid parameter: messages with role 'tool' must be a response to a "
                    "preceeding message with 'tool_calls'.",
                    f"messages.[{place}].role",
                )
            waiting.remove(answered)
            continue
        _none_waiting(waiting)
        for call in message.get("tool_calls") or []:
            function = call.get("function") if isinstance(call, dict) else None
            if not isinstance(function, dict) or not isinstance(function.get("arguments"), str):
                raise InvalidRequest(
                    "a tool call needs function.arguments as a string.",
                    f"messages.[{place}].tool_calls",
                )
            waiting.append(str(call.get("id")))
    _none_waiting(waiting)


def _none_waiting(waiting: list[str]) -> None:
    if waiting:
        raise InvalidRequest(
            "An assistant message with 'tool_calls' must be followed by tool messages responding "
            "to each 'tool_call_id'. The following tool_call_ids did not have response messages: "
            + ", ".join(waiting),
            "messages",
        )


def _check_tools(body: Json) -> None:
    tools = body.get("tools")
    if tools is None:
        if body.get("tool_choice") is not None:
            raise InvalidRequest(
                "'tool_choice' is only allowed when 'tools' are specified.", "tool_choice"
            )
        return
    if not isinstance(tools, list) or not tools:
        raise InvalidRequest("'tools' must be an array with at least one tool.", "tools")
    names = []
    for place, tool in enumerate(tools):
        where = f"tools[{place}].function"
        function = tool.get("function") if isinstance(tool, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(function, dict) or not isinstance(name, str) or not _NAME.match(name):
            raise InvalidRequest(
                "Expected a string that matches '^[a-zA-Z0-9_-]+$'.", f"{where}.name"
            )
        names.append(name)
        if function.get("strict"):
            try:
                check_strict(function.get("parameters") or {})
            except SchemaError as error:
                raise InvalidRequest(
                    f"Invalid schema for function '{name}': {error}",
                    f"{where}.parameters",
                    "invalid_function_parameters",
                ) from error
    choice = body.get("tool_choice")
    if isinstance(choice, dict) and choice.get("function", {}).get("name") not in names:
        raise InvalidRequest("Tool choice not found in 'tools' parameter.", "tool_choice")


def _check_format(wanted: Any, messages: list[Json]) -> None:
    if wanted is None:
        return
    kind = wanted.get("type") if isinstance(wanted, dict) else None
    if kind == "json_object" and "json" not in str(messages).lower():
        raise InvalidRequest(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of "
            "type 'json_object'.",
            "messages",
        )
    if kind != "json_schema":
        if kind not in {"text", "json_object"}:
            raise InvalidRequest(f"Invalid value: '{kind}'.", "response_format.type")
        return
    told = wanted.get("json_schema")
    name = told.get("name") if isinstance(told, dict) else None
    if not isinstance(name, str) or not _NAME.match(name):
        raise InvalidRequest(
            "Missing required parameter: 'response_format.json_schema.name'.",
            "response_format.json_schema.name",
        )
    schema = told.get("schema")
    if not isinstance(schema, dict):
        raise InvalidRequest(
            "Missing required parameter: 'response_format.json_schema.schema'.",
            "response_format.json_schema.schema",
        )
    if told.get("strict"):
        try:
            check_strict(schema)
        except SchemaError as error:
            raise InvalidRequest(
                f"Invalid schema for response_format '{name}': {error}", "response_format"
            ) from error
