"""Draws docs/report.svg, the picture in the README: the report of the newsroom pipeline on the seed.

python docs/picture.py
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from copydesk import Document, Pipeline
from copydesk.formats.report import print_report

ROOT = Path(__file__).parents[1]
# rich's own frame loads its font from the network; a picture must not.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    seed = next((ROOT / "seeds").glob("*.txt"))
    document = Pipeline.load("newsroom")(Document(seed.read_text(encoding="utf-8"), id=seed.name))
    console = Console(
        record=True, file=io.StringIO(), force_terminal=True, width=118, highlight=False, markup=False, emoji=False
    )
    print_report(document, console)
    svg = console.export_svg(title=f"copydesk run newsroom seeds/{seed.name}", theme=MONOKAI, code_format=FRAME)
    (ROOT / "docs" / "report.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
