"""Read the images of this turn, each once."""

from __future__ import annotations

from langgraph.runtime import Runtime

from domain.errors import AskAHuman, MediaRefused
from domain.ports import MediaStore, Models
from graph.calls import model_call
from graph.context import Context
from graph.state import IncidentState, Update, unread_images


async def describe_image(
    state: IncidentState, runtime: Runtime[Context], *, models: Models, media: MediaStore
) -> Update:
    """Learn what can be read in each new image; one that cannot be read says why."""
    context = runtime.context or Context()
    images = dict(state.get("images", {}))
    call = model_call(
        state, "describe_image", context.describe_image_prompt, context.describe_image_model
    )
    for sha256, picture in unread_images(state).items():
        try:
            data, mimetype = await media.get(picture)
            images[sha256] = (await models.describe_image(call, data, mimetype)).model_dump()
        except (MediaRefused, AskAHuman) as error:
            images[sha256] = {"readable": False, "text": "", "error": None, "why": str(error)}
    return {"images": images}
