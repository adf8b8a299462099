"""Texts that break naive code, and the story that they are compared with."""

from __future__ import annotations

STORY = """\
Minister Ann Lee meets “old friends” in Paris

By Bo Chan

PARIS (Reuters) — Foreign Minister Ann Lee met 27 members of the National Assembly on Monday, officials said. “We will \
not wait another 10 years,” she told reporters. “The cost is $3.5 million.”

According to The Daily Star, about 20 percent of the delegates left on November 22, 2015. He said they were TIRED of it. The \
president, Cy Dee, said that he would go home.

Photo: Ann Lee in Paris
"""
"""A made-up story that has something for most components; authors add `examples` for theirs."""

TEXTS = {
    "nothing": "",
    "one space": " ",
    "one letter": "a",
    "only line ends": "\n\r\n\r\u2028\u2029\v\f\x85",
    "NUL": "\x00The minister\x00said \x00“yes\x00”.\x00",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x80\x9f",
    "CRLF": "The minister said:\r\n“Yes.”\r\n\r\nHe left.\r\n",
    "line separators": "The minister said\u2028“Yes.”\u2029He left.",
    "emoji": "👩‍👩‍👧‍👦 said “👍🏽” to 🇫🇷🇩🇪, ❤️‍🔥 500 🧑🏿‍🚀.",
    "combining marks": "Jose\u0301 Nun\u0303ez said “a\u0308\u0323\u0301”. " + "e" + "\u0301" * 1_000,
    "a mark with nothing to combine with": "\u0301\u0308 said Lee",
    "right to left": "אמר השר: “שלום לכולם”, \u202e500 דקות\u202c. قال الوزير «نعم» 500.",
    "isolates, unbalanced": "\u2067The \u2068minister \u202esaid “yes”",
    "letters that grow in lower case": "İSTANBUL İİİİ said “İİ” İ 500 İ ŉ ǰ ΐ ẞ ﬁ",
    "figures of other scripts": "٣٤ people, ५ said, ²³ of ½, Ⅷ, 𝟙𝟚, 一百, ①",
    "no word": "“”‘’\"'«»()[]{}<>—–-…",
    "opening marks": "“‘\"'«([{<" * 60,
    "closing marks": "”’\"'»)]}>" * 60,
    "brackets in a row": "(" * 3_000,
    "one long word": "a" * 20_000,
    "one long number": "9" * 5_000 + " people",
    "huge figures": "1e999 and 10^400 and 9.99.99.99 and 1,2,3,4,5 and -0 people in year 99999",
    "dates that are none": "February 31, 2015, 99/99/9999, 24:61, November -1",
    "markup": "<script>alert(1)</script> &amp; <b>“yes”</b> ${x} {{y}} %s %(z)s",
    "byte order mark": "\ufeffThe minister said “yes”.",
    "private use and non-characters": "\ue000\ufffe\uffff\U0010ffff said",
    "words without end": "Lee said that " * 300,
    "names without end": "Ann Lee " * 300,
    "quotes without end": "“yes” he said, " * 300,
    "nested quotes": "“he said ‘she said “they said ‘it said " * 30,
    "colons": "said: " * 200,
    "commas": ", , , 1,1,1,1" * 100,
}  # fmt: skip
"""By what is wrong with them."""

LONG = {
    "words": "the minister said that ",
    "letters": "a",
    "capitalised words": "Ann ",
    "figures": "1,",
    "brackets": "(",
    "opening quotation marks": "“",
    "straight quotation marks": '"',
}
"""Pieces of which lines of a megabyte are made."""

GROWING = {
    "the examples": STORY,
    "letters": "a",
    "words": "the minister of state ",
    "capitalised words": "Ann ",
    "figures in a row": "1",
    "figures and commas": "1,",
    "figures and words": "20 million and ",
    "brackets": "(",
    "opening quotation marks": "“",
    "straight quotation marks": '"',
    "apostrophes": "'",
    "quotes": "“yes”, he said, ",
    "spaces": " ",
    "line ends": "\n",
    "short lines": "a\n",
    "dashes": "-",
    "full stops": ".",
    "commas": ", ",
    "combining marks": "\u0301",
}
"""Pieces of which growing texts are made; a component's cost must be linear on each."""
