"""spaCy's English tokenizer, brought closer to the treebanks. The rules are stored with the pipeline.

What changes, each as the treebanks have it: prefixes stay with their word ("co-operate", "e-mail", "pro-Beijing"), other
hyphens split; runs of one mark are one token ("!!!", "____"); ranges and alternatives split ("2014–15", "and/or"); units
split from their number after any currency ("$1.2bn" as "£3m"); marks around dashes split ("“Stop!”—he"); ranks keep their
stop ("Lt.", "Col.").
"""

from __future__ import annotations

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, HYPHENS
from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

PREFIXES = (
    "anti",
    "co",
    "counter",
    "e",
    "ex",
    "mid",
    "multi",
    "non",
    "over",
    "post",
    "pre",
    "pro",
    "re",
    "semi",
    "sub",
)
ABBREVIATIONS = [
    "Adm.",
    "Atty.",
    "Brig.",
    "Capt.",
    "Cdr.",
    "Cmdr.",
    "Col.",
    "Cpl.",
    "Cpt.",
    "Det.",
    "Dept.",
    "Fr.",
    "Hon.",
    "Insp.",
    "Lt.",
    "Maj.",
    "Mlle.",
    "Mme.",
    "Msgr.",
    "Pres.",
    "Pte.",
    "Pvt.",
    "Reps.",
    "Sens.",
    "Sgt.",
    "Supt.",
    "Wed.",
    "Fri.",
    "Sat.",
    "Tue.",
    "Tues.",
    "Thu.",
    "Thur.",
    "Thurs.",
    "Ft.",
    "Ave.",
    "Blvd.",
    "Vol.",
]
UNITS = r"(?:bn|tn|mn|mln|trn|[kKmMbB]|pc|pct|km|kg|mm|cm|ft|mph|kph|MW|GW)"
RUNS = r"(?:!{2,}|\?{2,}|[!?]{2,}|-{2,}|_{2,}|={2,}|\*{2,}|~{2,}|#{3,}|\+{2,}|<{2,}|>{2,})"
QUOTES = "\"'“”‘’"
_HYPHEN_RULE = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
_NUMBER_RULE = r"(?<=[0-9])[+\-\*^](?=[0-9-])"


def adapt_tokenizer(nlp: Language) -> None:
    """Change the tokenizer of ``nlp``, a fresh English pipeline, in place. Raises ValueError for an unknown spaCy."""
    infixes = [str(rule) for rule in nlp.Defaults.infixes or ()]
    if _HYPHEN_RULE not in infixes or _NUMBER_RULE not in infixes:
        raise ValueError("spaCy's hyphen rules have changed; adapt tokenization.py")
    infixes.remove(_NUMBER_RULE)
    infixes[infixes.index(_HYPHEN_RULE)] = "".join(_not_after(prefix) for prefix in PREFIXES) + _HYPHEN_RULE
    infixes = [
        RUNS,
        r"(?<=[0-9])[–—](?=[0-9])",
        r"(?<=[0-9])[+*^](?=[0-9-])",
        # "3-4", "2014-15" and "1914-1918" are ranges; "853-6468" is a telephone number.
        r"(?:(?<=^\d)|(?<=^\d\d)|(?<=^\d{4}))-(?=\d{1,2}$|\d{4}$)",
        rf"(?<=[{ALPHA}]{{2}})/(?=[{ALPHA}]{{2}})",
        # A dash, and the marks on both sides of it: what stands between infixes isn't looked into again.
        rf"[!?.,]+(?=[{QUOTES}]*[—–])",
        rf"[{QUOTES}](?=[—–])",
        rf"(?<=[{ALPHA}!?.,{QUOTES}])[—–](?=[{ALPHA}{QUOTES}(])",
        rf"(?<=[—–…])[{QUOTES}(]",
        rf"(?<=[{ALPHA_LOWER}])[!?]+(?=[{QUOTES}])",
        *infixes,
    ]
    prefixes = [RUNS, *(str(rule) for rule in nlp.Defaults.prefixes or ())]
    suffixes = [RUNS, rf"(?<=[0-9]){UNITS}", *(str(rule) for rule in nlp.Defaults.suffixes or ())]
    tokenizer = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for parts in (("and", "/", "or"), ("wan", "na"), ("Wan", "na")):
        tokenizer.add_special_case("".join(parts), [{ORTH: part} for part in parts])
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{ORTH: word, NORM: word.lower()}])


def _not_after(prefix: str) -> str:
    """Look-behind: no word that is just this prefix, in whatever case."""
    return r"(?<!\b" + "".join(f"[{char}{char.upper()}]" for char in prefix) + ")"
