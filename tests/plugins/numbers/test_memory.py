"""What a long run holds: words keep coming, and are not kept for ever."""

from copydesk import Context, Document
from copydesk_numbers.component import Numbers
from copydesk_numbers.language.pack import load
from copydesk_numbers.tape import tape


def test_words_of_earlier_texts_are_forgotten(monkeypatch):
    monkeypatch.setattr(tape, "MOST_LEARNED", 500)
    numbers = Numbers()
    numbers.setup(Context())
    for first in range(0, 3_000, 100):
        text = " ".join(f"w{'abcdefghij'[n % 10]}{n:x}q" for n in range(first, first + 100)) + " 12 houses"
        found = list(numbers.process(Document(text)))
        assert [item.low for item in found] == [12.0]
    language = load("en")
    assert len(tape._classes_of(language)) <= len(language.classes) + 501
