"""A training that was interrupted goes on from its checkpoint."""

from dataclasses import replace

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

STEPS = 6


class Interrupted(Exception):  # noqa: N818 -- what happens, not a fault
    pass


@pytest.fixture
def docs():
    doc = Doc(Vocab(), words=["Ann", "Lee", "left", "Rome", "."])
    doc.set_ents([Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "LOC")], default="outside")
    return [doc] * 8


def test_goes_on_where_it_stopped(recipe_module, docs, tmp_path, monkeypatch, capsys):
    settings, student, checkpoint = (recipe_module(name) for name in ("settings", "student", "checkpoint"))
    small = replace(settings.NAMES, steps=STEPS, evaluate_every=2, warmup=1, batch_words=10)
    config = student.Path(student.__file__).with_name("names.cfg")
    save = checkpoint.save

    def interrupted_save(nlp, optimizer, step, folder):
        save(nlp, optimizer, step, folder)
        if step == 4:
            raise Interrupted

    def train():
        student.train_student(config, [student.Source(docs, 1.0)], docs[:1], tmp_path / "names", small, 0)

    monkeypatch.setattr(checkpoint, "save", interrupted_save)
    with pytest.raises(Interrupted):
        train()
    assert (tmp_path / "names.part").is_dir()
    monkeypatch.setattr(checkpoint, "save", save)
    capsys.readouterr()
    train()
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["6"]
    assert [path.name for path in tmp_path.iterdir()] == ["names"]


def test_restores_the_optimizer(recipe_module, docs, tmp_path):
    settings, student, checkpoint = (recipe_module(name) for name in ("settings", "student", "checkpoint"))
    config = student.Path(student.__file__).with_name("names.cfg")
    nlp = student._new(config, [student.Source(docs, 1.0)], settings.NAMES)
    optimizer = student.Adam(0.001, use_averages=True)
    student._update(nlp, docs, optimizer, 0.1, {})
    checkpoint.save(nlp, optimizer, 1, tmp_path / "part")
    again, new = student.spacy.load(tmp_path / "part"), student.Adam(0.001, use_averages=True)
    assert checkpoint.restore(again, new, tmp_path / "part") == 1
    places = dict(checkpoint._keys(nlp))
    for place, key in checkpoint._keys(again):
        for kind in ("mom1", "mom2", "averages"):
            old, found = getattr(optimizer, kind).get(places[place]), getattr(new, kind).get(key)
            assert (old is None) == (found is None)
            assert old is None or (old == found).all()
        assert new.nr_update.get(key) == optimizer.nr_update.get(places[place])
