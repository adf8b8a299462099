"""Plain paragraphs marked up, as Markdown and as HTML, in ways that a seed chooses. Not itself a test."""

from __future__ import annotations

import html
import random
import re

_MARKDOWN = re.compile(r"([\\`*_\[\]<>&~|])")
_LINE_START = re.compile(r"(?:[-+#=>]|[0-9]{1,9}[.)]|\|)")
_WORD = re.compile(r"[A-Za-z]+")


def as_markdown(paragraphs, seed):
    """A file whose text is the paragraphs, with blank lines between."""
    draw = random.Random(seed)
    blocks = []
    for paragraph in paragraphs:
        blocks.append(_block(paragraph, draw))
        if draw.random() < 0.3:
            code = '```python\nprint("“never closed *'
            blocks.append(
                draw.choice([f"{code}\n```", "![A *picture*](a.png)", "<!-- a note -->", "[ref]: http://x.org/a"])
            )
    return "\n\n".join(blocks) + draw.choice(["", "\n", "\n\n"])


def _block(paragraph, draw):
    kind = draw.choice(["plain", "plain", "plain", "quote", "item", "number", "heading", "nested", "setext"])
    # A heading that a blank ends, or that is of one line only, stays what it is.
    lines = [" ".join(line) for line in _wrapped(_words(paragraph, draw), draw, 1 if kind == "heading" else 4)]
    lines = [
        re.sub(_LINE_START, lambda match: _escaped_start(match[0]), line, count=1) if _LINE_START.match(line) else line
        for line in lines
    ]
    if kind == "heading":
        lines = [re.sub(r"(?<!\\)#(?=#*$)", r"\\#", line) for line in lines]  # at its end they would close the heading
    first, rest = {
        "plain": ("", ""),
        "quote": ("> ", "> "),
        "item": ("- ", "  "),
        "number": ("1. ", "   "),
        "heading": ("## ", ""),
        "nested": ("> - ", ">   "),
        "setext": ("", ""),
    }[kind]
    block = "\n".join(f"{rest if number else first}{line}" for number, line in enumerate(lines))
    return f"{block}\n---" if kind == "setext" else block


def _escaped_start(found):
    return f"{found[:-1]}\\{found[-1]}" if found[0].isdigit() else f"\\{found}"


def _words(paragraph, draw):
    made = []
    for word in paragraph.split(" "):
        safe = _MARKDOWN.sub(lambda match: draw.choice([f"\\{match[0]}", f"&#{ord(match[0])};"]), word)
        if _WORD.fullmatch(word) and draw.random() < 0.25:
            form = draw.choice(
                [
                    "*{}*",
                    "**{}**",
                    "***{}***",
                    "_{}_",
                    "__{}__",
                    "<b>{}</b>",
                    "`{}`",
                    '[{}](http://x.org/a_b "a *t*")',
                    "[**{}**][ref]",
                    "{}<!-- c -->",
                ]
            )
            safe = form.format(safe) if form != "[**{}**][ref]" else f"**[{safe}](<b c>)**"
        made.append(safe)
    return made


def _wrapped(words, draw, most):
    """The words in some lines."""
    cuts = (
        sorted(draw.sample(range(1, len(words)), min(draw.randrange(most), len(words) - 1))) if len(words) > 1 else []
    )
    return [words[start:end] for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]


def as_html(paragraphs, seed):
    """A page whose text is the paragraphs, with blank lines between."""
    draw = random.Random(seed)
    body = "".join(
        _element(paragraph, draw) + draw.choice(["", "\n", "\n<!-- > -->\n", _NO_TEXT]) for paragraph in paragraphs
    )
    return f"<!DOCTYPE html>\n<html><head><style>p > b {{}}</style></head>\n<body class='a>b'>{body}</body></html>\n"


_NO_TEXT = "<script>if (a < b) { document.write('<p>“no</p>') }</script><pre><code>x = “1</code></pre>"


def _element(paragraph, draw):
    name = draw.choice(["p", "p", "p", "div", "li", "h2", "blockquote"])
    pieces = []
    for word in paragraph.split(" "):
        safe = html.escape(word)
        if draw.random() < 0.2:
            safe = "".join(f"&#{ord(c)};" if not c.isascii() else c for c in safe)
        if word and draw.random() < 0.2:
            tag = draw.choice(["b", "i", "a href='x?a=1&amp;b=\">\"'", "span\nclass=x", "EM"])
            safe = f"<{tag}>{safe}</{tag.split()[0]}>"
        pieces.append(safe)
    text = pieces[0]
    for piece in pieces[1:]:
        text += draw.choice([" ", " ", " ", "\n", "\n   ", "\t"]) + piece
    end = "" if name in ("p", "li") and draw.random() < 0.3 else f"</{name}>"
    attribute = draw.choice(["", " id=x", ' title=">"'])
    return f"<{name}{attribute}>{draw.choice(['', chr(10)])}{text}{end}"
