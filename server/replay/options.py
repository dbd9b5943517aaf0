"""What a replay takes from the settings: never an outside but the models, and never a refusal."""

from __future__ import annotations

from domain.errors import BadInput
from server.settings import NODE_MODELS, Settings, SettingsError, load_settings


def replay_settings(model: str | None) -> tuple[Settings, list[str]]:
    """The settings, defaults in the place of what cannot be used, and what could not.

    `model` is `local` or `provider` or `provider:model`, and then answers every node. Raises
    BadInput.
    """
    problems: tuple[str, ...] = ()
    try:
        settings = load_settings()
    except SettingsError as error:
        settings, problems = error.settings or Settings(), error.problems
    return (settings if model is None else _only(settings, model)), list(problems)


def _only(settings: Settings, wanted: str) -> Settings:
    name, _, model = wanted.partition(":")
    changes: dict[str, object] = {f"model_{node}": None for node in NODE_MODELS}
    try:
        name = settings.provider(name).name
    except KeyError as error:
        raise BadInput(f"--model {wanted}: there is no provider {name}; try local") from error
    changes["ai_providers"] = (name,)
    if model and name != "local":
        changes[f"{name}_model"] = model
    chosen = settings.model_copy(update=changes)
    if not chosen.provider(name).is_usable:
        raise BadInput(f"--model {wanted}: {name} is not configured; `recado doctor` tells more")
    return chosen
