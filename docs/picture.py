"""Draws the pictures of the documentation: docs/report.svg, the report of the newsroom pipeline on the seed, and
docs/page.png, its HTML page of a long story. The second needs Chromium, and is left as it is without.

python docs/picture.py
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from copydesk import Document, Pipeline
from copydesk.formats.html import HtmlWriter
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
    draw_page(ROOT / "tests" / "accuracy" / "desk" / "articles" / "nasa.txt")


def draw_page(article: Path) -> None:
    """The HTML page of an article of the gold desk (Wikinews, CC BY 2.5)."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.stderr.write("docs/page.png is left as it is: there is no Chromium\n")
        return
    sys.path.insert(0, str(article.parents[1]))
    from marks import document

    story = document(article).without_annotations()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        with page.open("w", encoding="utf-8") as stream:
            writer = HtmlWriter(stream)
            writer.start()
            [result] = Pipeline.load("newsroom").pipe([story])
            writer.write(result)
            writer.finish()
        picture = ROOT / "docs" / "page.png"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,1000")
        subprocess.run([browser, *options, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)  # noqa: S603  # Chromium, on a page of ours


if __name__ == "__main__":
    main()
