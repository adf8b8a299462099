"""Reading CoNLL-U: the text, the tree, and words that are written as one."""

from spacy.vocab import Vocab

TEXT = """# newdoc id = a
# sent_id = a-1
# text = They don't know.
1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tit\tit\tPRON\tPRP\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = a-2
# text = Go
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_

# newdoc id = b
# sent_id = b-1
# text = Stop
1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_
"""


def test_reads_sentences_with_their_text_and_tree(recipe_module, tmp_path):
    path = tmp_path / "some.conllu"
    path.write_text(TEXT, encoding="utf8")
    first, second = recipe_module("treebank").read_conllu(path, Vocab())
    assert first.text.strip() == "They don't know. Go"
    assert [sentence.text for sentence in first.sents] == ["They don't know.", "Go"]
    assert [(token.dep_, token.head.text) for token in first][:4] == [
        ("nsubj", "know"),
        ("aux", "know"),
        ("advmod", "know"),
        ("ROOT", "know"),
    ]
    assert str(first[0].morph) == "Case=Nom"
    assert [token.tag_ for token in second] == ["VB"]
