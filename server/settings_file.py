"""RECADO_SETTINGS_FILE: what a TOML file says of each group, and of the fields a ticket needs.

human_support = ["5215500000001"]

[required]
operational = ["problem", "store"]

[groups."120363000000000000@g.us"]
name = "Tiendas Norte"
store = "45"
human_support = ["5215500000002"]
required = { technical = ["problem", "system"] }
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.incident import REQUIRED_BY_DEFAULT, Category, Field

Required = Mapping[Category, frozenset[Field]]


class GroupSettings(BaseModel):
    """What is known of one group beforehand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = None
    store: str | None = None
    """Known, so never asked."""
    human_support: tuple[str, ...] = ()
    required: Required = {}


class SettingsFile(BaseModel):
    """The whole file; empty when there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    human_support: tuple[str, ...] = ()
    required: Required = {}
    groups: Mapping[str, GroupSettings] = {}

    def required_in(self, group: str | None, category: Category) -> frozenset[Field]:
        """The fields a ticket of this category needs in this group."""
        known = self.groups.get(group) if group else None
        own = known.required if known else {}
        return {**REQUIRED_BY_DEFAULT, **self.required, **own}[category]

    @classmethod
    def read(cls, path: Path) -> tuple["SettingsFile", list[str]]:
        """The file, and one sentence for each thing in it that cannot be used."""
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))), []
        except OSError as error:
            reason = f"cannot be read: {error.strerror}"
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = f"is not TOML: {error}"
        except ValidationError as error:
            return NO_FILE, [
                f"RECADO_SETTINGS_FILE {path}: at {'.'.join(map(str, one['loc']))}, "
                f"{one['msg'][:1].lower()}{one['msg'][1:]}."
                for one in error.errors(include_url=False)
            ]
        return NO_FILE, [f"RECADO_SETTINGS_FILE {path} {reason}."]


NO_FILE = SettingsFile()
