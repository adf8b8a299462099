"""What copydesk tells the standard library's logging, under the logger "copydesk": silent until a program listens.

INFO: a pipeline is loaded, a run begins and ends. WARNING: a document failed, a worker process died, an observer raised,
something that the caller should know though nothing went wrong. copydesk itself logs no text of a document; the words
of an error that a component raised are logged as it wrote them.
"""

from __future__ import annotations

import logging

LOGGER = logging.getLogger("copydesk")
LOGGER.addHandler(logging.NullHandler())
