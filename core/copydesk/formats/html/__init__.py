"""The HTML report: a page that works from the file system, without a network, with or without scripts."""

from copydesk.formats.html.writer import HtmlFolderWriter, HtmlWriter

__all__ = ["HtmlFolderWriter", "HtmlWriter"]
