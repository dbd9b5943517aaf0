"""What goes wrong on purpose: switched at run time, drawn from a seeded generator."""

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from random import Random
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.zoho.errors import ZohoError, too_many

Moment = Literal["before", "after"]
Blow = Literal["refuse", "status_429", "status_5xx", "lost_answer"]
BLOWS: tuple[Blow, ...] = ("refuse", "status_429", "status_5xx", "lost_answer")

_STRICT = ConfigDict(extra="forbid", frozen=True)


class _Limited(BaseModel):
    model_config = _STRICT
    only: tuple[str, ...] = Field((), description='such as "POST /api/v1/tickets"; * is a wildcard')
    times: int | None = Field(None, ge=0, description="strike this often, then never again")
    when: Moment = Field("before", description="before the work is done, or after")

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_value(cls, data: Any) -> Any:
        return {"value": float(data)} if isinstance(data, (bool, int, float)) else data


class Chance(_Limited):
    """A fault that strikes with probability `value`; true is 1."""

    value: float = Field(0.0, ge=0, le=1)


class Delay(_Limited):
    """`value` seconds of waiting, with probability `rate`."""

    value: float = Field(0.0, ge=0)
    rate: float = Field(1.0, ge=0, le=1)


class FaultPlan(BaseModel):
    """The whole plan; what is not named is off. `only` holds for faults with none of their own."""

    model_config = _STRICT

    refuse: Chance = Chance(value=0)
    status_5xx: Chance = Chance(value=0)
    lost_answer: Chance = Chance(value=0)
    status_429: Chance = Chance(value=0)
    slow_seconds: Delay = Delay(value=0)
    kind_429: Literal["alternate", "TOO_MANY_REQUESTS", "THRESHOLD_EXCEEDED"] = "alternate"
    retry_after_seconds: int = Field(1, ge=0)
    html_errors: bool = False
    revoked_token: bool = False
    refresh_failures: int = Field(0, ge=0, description="the next token requests are denied")
    search_lag_seconds: float | tuple[float, float] | None = None
    lose_webhooks: bool = False
    repeat_webhooks: bool = False
    jwt_milliseconds: bool = False
    only: tuple[str, ...] = ()
    seed: int | None = Field(None, description="start the generator anew from here")

    @model_validator(mode="after")
    def _lag_is_a_range(self) -> Self:
        match self.search_lag_seconds:
            case (low, high) if not 0 <= low <= high:
                raise ValueError("search_lag_seconds: [low, high] with 0 <= low <= high")
            case float(lag) if lag < 0:
                raise ValueError("search_lag_seconds must not be negative")
        return self


@dataclass(frozen=True)
class Strike:
    """What one request has to suffer."""

    blow: Blow | None = None
    blow_when: Moment = "before"
    delay_seconds: float = 0.0
    delay_when: Moment = "before"


class Faults:
    """Draws for each request; the same seed, plan and requests give the same strikes."""

    def __init__(self, seed: int, search_lag_seconds: float) -> None:
        self._seed = seed
        self._default_lag = search_lag_seconds
        self.clear()

    def clear(self) -> None:
        """Nothing goes wrong any more, and the generator starts anew."""
        self.plan = FaultPlan()
        self._random = Random(self._seed)  # noqa: S311 (faults, not secrets)
        self._struck: Counter[str] = Counter()
        self._turn_429 = 0
        self._refresh_failures = 0

    def follow(self, plan: FaultPlan) -> None:
        """From now on this plan; counts of `times` start anew."""
        self.plan = plan
        self._struck.clear()
        self._refresh_failures = plan.refresh_failures
        if plan.seed is not None:
            self._random = Random(plan.seed)  # noqa: S311 - likewise

    def draw(self, method: str, path: str) -> Strike:
        """Decide for one request; every fault draws every time, so switches move no other draw."""
        plan = self.plan
        draws = {name: self._random.random() for name in (*BLOWS, "slow_seconds")}
        chances = (plan.refuse, plan.status_429, plan.status_5xx, plan.lost_answer)
        route = f"{method} {path}"
        strike = Strike()
        for name, chance in zip(BLOWS, chances, strict=True):
            hit = draws[name] < chance.value and self._reaches(name, chance, route)
            if hit and not (name == "status_429" and path.startswith("/oauth/")):
                self._struck[name] += 1
                strike = Strike(blow=name, blow_when=chance.when)
                break
        slow = plan.slow_seconds
        late = slow.value > 0 and draws["slow_seconds"] < slow.rate
        if late and strike.blow != "refuse" and self._reaches("slow_seconds", slow, route):
            self._struck["slow_seconds"] += 1
            strike = Strike(strike.blow, strike.blow_when, slow.value, slow.when)
        return strike

    def denies_refresh(self) -> bool:
        """Does the accounts server deny this token request? Counts down `refresh_failures`."""
        if self._refresh_failures == 0:
            return False
        self._refresh_failures -= 1
        return True

    def error(self, blow: Blow) -> ZohoError:
        """The answer of an injected 429 or 5xx."""
        if blow == "status_5xx":
            return ZohoError(500, "INTERNAL_SERVER_ERROR", "An internal error occurred.")
        code = self.plan.kind_429
        if code == "alternate":
            code = ("TOO_MANY_REQUESTS", "THRESHOLD_EXCEEDED")[self._turn_429 % 2]
            self._turn_429 += 1
        spent = code == "THRESHOLD_EXCEEDED"
        return too_many(code, self.plan.retry_after_seconds if spent else None)

    @property
    def search_lag(self) -> tuple[float, float]:
        """How far the search index runs behind, as the range in seconds."""
        lag = self.plan.search_lag_seconds
        if isinstance(lag, tuple):
            return lag
        seconds = self._default_lag if lag is None else lag
        return seconds, seconds

    def _reaches(self, name: str, fault: _Limited, route: str) -> bool:
        patterns = fault.only or self.plan.only
        if patterns and not any(fnmatchcase(route, pattern) for pattern in patterns):
            return False
        return fault.times is None or self._struck[name] < fault.times
