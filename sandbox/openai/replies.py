"""OpenAI's shapes on the wire: completions, their streamed form, and errors."""

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

from fastapi.responses import JSONResponse

from sandbox.openai.schema import Json, SchemaError, smallest_instance
from sandbox.openai.script import Answer, ToolCall, count_tokens, prompt_tokens

_HUGE = 4_000_000


def error(
    status: int,
    message: str,
    kind: str,
    code: str | None = None,
    param: str | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return OpenAI's error body."""
    told = {"message": message, "type": kind, "param": param, "code": code}
    request_id = {"x-request-id": f"req_{secrets.token_hex(16)}"}
    return JSONResponse({"error": told}, status, {**request_id, **(headers or {})})


def failure(answer: Answer) -> JSONResponse | None:
    """Return the error response of a fault that is one."""
    if answer.fault == "429":
        wait = answer.retry_after_seconds
        told = {"retry-after-ms": "20"} if wait is None else {"retry-after": str(wait)}
        return error(429, "Rate limit reached", "requests", "rate_limit_exceeded", headers=told)
    if answer.fault == "quota":
        return error(
            429, "You exceeded your current quota", "insufficient_quota", "insufficient_quota"
        )
    if answer.fault == "401":
        return error(401, "Incorrect API key", "invalid_request_error", "invalid_api_key")
    if answer.fault == "500":
        return error(500, "The server had an error", "server_error")
    if answer.fault == "503":
        return error(503, "The engine is overloaded", "service_unavailable_error")
    return None


def unscripted(body: Json) -> Answer:
    """Return what is said when no rule matches: the smallest valid thing that was asked for."""
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return Answer(content=json.dumps(smallest_instance(wanted["json_schema"]["schema"])))
    if wanted.get("type") == "json_object":
        return Answer(content="{}")
    choice = body.get("tool_choice")
    functions: list[Json] = [tool["function"] for tool in body.get("tools") or []]
    if isinstance(choice, dict):
        functions = [one for one in functions if one["name"] == choice["function"]["name"]]
    if functions and (isinstance(choice, dict) or choice == "required"):
        arguments = smallest_instance(functions[0].get("parameters") or {"type": "object"})
        return Answer(tool_calls=[ToolCall(name=functions[0]["name"], arguments=arguments)])
    return Answer(content="ok")


def _half(body: Json) -> str:
    """Return the first half of an answer that would have been right."""
    try:
        whole = unscripted(body).content
    except SchemaError:
        whole = None
    text = str(whole) if whole is not None and len(str(whole)) > 4 else '{"summary": "La impresora'
    return text[: len(text) // 2]


def _message(answer: Answer, body: Json) -> tuple[Json, str]:
    """Return the assistant's message and its finish_reason."""
    message: Json = {"role": "assistant", "content": None, "refusal": None, "annotations": []}
    if answer.fault == "refusal":
        return message | {"refusal": "I'm sorry, I can't assist with that."}, "stop"
    faulty = {
        "garbage": "<<%%>> lorem ipsum ]}{ no es JSON",
        "empty": "",
        "huge": "x" * _HUGE,
    }
    if answer.fault in faulty:
        return message | {"content": faulty[answer.fault]}, "stop"
    if answer.fault in {"half_json", "length"}:
        reason = "length" if answer.fault == "length" else "stop"
        return message | {"content": _half(body)}, reason
    content = answer.content
    if content is not None and not isinstance(content, str):
        content = json.dumps(content, ensure_ascii=False)
    message["content"] = content
    if not answer.tool_calls:
        return message, "stop"
    message["tool_calls"] = [
        {
            "id": f"call_{secrets.token_hex(12)}",
            "type": "function",
            "function": {
                "name": call.name,
                "arguments": call.arguments
                if isinstance(call.arguments, str)
                else json.dumps(call.arguments, ensure_ascii=False),
            },
        }
        for call in answer.tool_calls
    ]
    return message, "tool_calls"


def completion(answer: Answer, body: Json) -> Json:
    """Return a chat completion."""
    message, reason = _message(answer, body)
    spoken = (message["content"] or message["refusal"] or "") + "".join(
        call["function"]["name"] + call["function"]["arguments"]
        for call in message.get("tool_calls", [])
    )
    before, after = prompt_tokens(body), count_tokens(spoken)
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
        "usage": {
            "prompt_tokens": before,
            "completion_tokens": after,
            "total_tokens": before + after,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        },
        "service_tier": "default",
        "system_fingerprint": "fp_sandbox",
    }


def chunks(whole: Json, *, usage: bool) -> Iterator[str]:
    """Return a completion as server-sent events: the role, the rest at once, the end."""
    choice = whole["choices"][0]
    message: Json = choice["message"]
    delta: Json = {key: message[key] for key in ("content", "refusal") if message[key] is not None}
    if "tool_calls" in message:
        delta["tool_calls"] = [
            {"index": place, **call} for place, call in enumerate(message["tool_calls"])
        ]
    shared = {key: whole[key] for key in ("id", "created", "model", "system_fingerprint")}
    shared["object"] = "chat.completion.chunk"

    def event(choices: list[Any], **more: Any) -> str:
        return f"data: {json.dumps({**shared, 'choices': choices, **more})}\n\n"

    opening = {"role": "assistant", "content": ""}
    for part, reason in ((opening, None), (delta, None), ({}, choice["finish_reason"])):
        yield event([{"index": 0, "delta": part, "logprobs": None, "finish_reason": reason}])
    if usage:
        yield event([], usage=whole["usage"])
    yield "data: [DONE]\n\n"
