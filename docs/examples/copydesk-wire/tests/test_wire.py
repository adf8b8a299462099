"""What is read, written and counted, and what every format must do."""

import io
from pathlib import Path

import pytest
from copydesk import Document, Result, Source
from copydesk.testing import ReaderConformance, WriterConformance

from copydesk_wire.commands import stats
from copydesk_wire.formats import WireReader, WireWriter

EXAMPLE = Path(__file__).parents[1] / "example.wire"


class TestWireReader(ReaderConformance):
    reader = WireReader
    examples = {EXAMPLE.read_bytes(): ["12 trucks are lost.", "It rained for 3 days."]}


class TestWireWriter(WriterConformance):
    writer = WireWriter


def test_what_is_written_is_read_again() -> None:
    stream = io.StringIO()
    WireWriter(stream).write(Result(Document("One.\nNNNN\nTwo.", id="a 1"), (), {}))
    (document,) = WireReader().read(Source(io.BytesIO(stream.getvalue().encode()), "x", "x"))
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("a 1", "One.\n NNNN\nTwo.")


def test_stories_are_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cut = tmp_path / "cut.wire"
    cut.write_bytes(EXAMPLE.read_bytes()[:-6])
    assert stats([str(cut)]) == 0
    assert capsys.readouterr().out == f"{cut}: 1 stories, 1 unreadable\n"
    assert stats([]) == 2
