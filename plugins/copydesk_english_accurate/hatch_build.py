"""What the package needs: in a checkout, the copydesk beside it, so that one command installs both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Fills in ``project.dependencies``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Name copydesk by its folder where this is a checkout, else by its version, which is the same as ours."""
        checkout = Path(self.root).parents[1]
        beside = (checkout / "core" / "copydesk").is_dir()
        copydesk = f"copydesk @ {checkout.as_uri()}" if beside else f"copydesk=={metadata['version']}"
        metadata["dependencies"] = [copydesk, "numpy>=1.26", "onnxruntime>=1.20", "spacy>=3.8,<3.9"]
