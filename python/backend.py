"""maturin, with wheels packed as well as they can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import maturin
from maturin import (  # noqa: F401
    build_editable,
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_wheel,
)


def build_wheel(folder: str, settings: Mapping[str, Any] | None = None, metadata: str | None = None) -> str:
    return maturin.build_wheel(folder, {"build-args": "--compression-level 9", **(settings or {})}, metadata)
