"""Learns which words are given names from annotated news and other texts.

    python plugins/copydesk_entities/learning/learn_given_names.py > plugins/copydesk_entities/data/given_names.txt

Reads the NER training files under $COPYDESK_DATA/data/english/train (not those made by substitution of names). A
given name is the first word of names of people of two words or more, where it begins other names seldom.
"""

import os
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import DocBin

FILES = (
    "ner_gmb_train", "ner_wikigold", "ner_ewtdev", "ner_gum", "ner_wnut", "ner_btc",
    "ner_crossner_ai", "ner_crossner_literature", "ner_crossner_music", "ner_crossner_politics", "ner_crossner_science",
)  # fmt: skip
NOT_ALONE = {"Abu", "Saint", "San", "Santa", "Mount", "Port"}
"""First words of people's names that begin as many names of places."""


def main():
    folder = Path(os.environ["COPYDESK_DATA"]) / "data/english/train"
    vocab = spacy.blank("en").vocab
    people, surnames, others, lower = Counter(), Counter(), Counter(), Counter()
    for file in FILES:
        for doc in DocBin().from_disk(folder / f"{file}.spacy").get_docs(vocab):
            for token in doc:
                if token.text.islower():
                    lower[token.text] += 1
            for ent in doc.ents:
                first = ent[0].text
                if ent.label_ != "PERSON":
                    others[first] += 1
                    if len(ent) == 1:
                        others[first] += 2
                    continue
                if len(ent) < 2 or len(first) < 3 or not first.isalpha() or not first[0].isupper() or first.isupper():
                    continue
                people[first] += 1
                surnames[ent[-1].text] += 1
    print("# Given names.")
    print(
        "# Origin: learned by learning/learn_given_names.py from names and pronouns in openly licensed annotated texts;"
    )
    print("# each row is a fact about usage, no text is copied.")
    for name, count in sorted(people.items()):
        if (
            count < 3
            or others[name] * 3 > count
            or name in NOT_ALONE
            or lower[name.lower()] > count
            or surnames[name] > 2 * count
        ):
            continue
        print(name)


if __name__ == "__main__":
    main()
