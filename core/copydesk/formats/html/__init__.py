"""The HTML report: a page that works from the file system, without a network, with or without scripts."""

from copydesk.formats.html.writer import HtmlWriter

__all__ = ["HtmlWriter"]
