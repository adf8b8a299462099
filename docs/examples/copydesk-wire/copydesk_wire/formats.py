"""Stories of a wire: each begins with a line `ZCZC id` and ends with a line `NNNN`."""

from collections.abc import Iterator

from copydesk import Document, Reader, Result, Source, Writer
from copydesk.errors import DocumentError, FormatError


class WireReader(Reader):
    """Stories of a wire: each begins with a line `ZCZC id` and ends with a line `NNNN`."""

    name = "wire"
    api = 1
    suffixes = (".wire",)

    def read(self, source: Source) -> Iterator[Document | DocumentError]:
        story: list[str] = []
        id, first = "", 0
        for number, raw in enumerate(source.stream, source.first_line):
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            if line.startswith("ZCZC ") and not id:
                story, id, first = [], line[5:].strip(), number
            elif line == "NNNN" and id:
                yield Document("\n".join(story)).read_from(source.path, first, id=id)
                id = ""
            elif id:
                story.append(line)
        if id:
            message = "the story has no NNNN: was the file cut off?"
            yield FormatError(message, document_id=id, path=source.path, line=first)


class WireWriter(Writer):
    """Stories of a wire again. Lines of a text that would end it are indented."""

    name = "wire"
    api = 1
    suffixes = (".wire",)

    def write(self, result: Result) -> None:
        id = " ".join(result.document.id.split())
        lines = [f" {line}" if line == "NNNN" else line for line in result.document.text.splitlines()]
        self.stream.write("\n".join([f"ZCZC {id}", *lines, "NNNN", ""]))
