"""A training that was interrupted goes on from its checkpoint; a larger network begins as the smaller one."""

import numpy as np
import pytest

STEPS = 6


class Interrupted(Exception):  # noqa: N818 -- what happens, not a fault
    pass


@pytest.fixture
def recipe(recipe_module):
    return {name: recipe_module(name) for name in ("corpora", "settings", "name_student", "checkpoint")}


@pytest.fixture
def sample(recipe):
    tags = ("B-PERSON", "I-PERSON", "O", "B-LOC", None)
    return recipe["corpora"].Sample(("Ann", "Lee", "left", "Rome", "."), (True, True, True, False, False), tags, "x")


@pytest.fixture
def sources(recipe, sample):
    student = recipe["name_student"]
    return [student.SoftSource([student.Soft(sample, student.one_hot(sample, 0.05))] * 8, 1.0)]


@pytest.fixture
def config(recipe):
    return recipe["name_student"].Path(recipe["name_student"].__file__).with_name("names.cfg")


def settings(recipe, steps=STEPS):
    return recipe["settings"].NameStudentSettings(
        steps=steps, evaluate_every=2 if steps == STEPS else steps, warmup=1, batch_words=10
    )


def test_goes_on_where_it_stopped(recipe, sources, sample, config, tmp_path, monkeypatch, capsys):
    student, checkpoint = recipe["name_student"], recipe["checkpoint"]
    save = checkpoint.save

    def interrupted_save(nlp, optimizer, step, folder):
        save(nlp, optimizer, step, folder)
        if step == 4:
            raise Interrupted

    def train():
        student.train_name_student(config, sources, {"some": [sample]}, tmp_path / "names", settings(recipe), 0)

    monkeypatch.setattr(checkpoint, "save", interrupted_save)
    with pytest.raises(Interrupted):
        train()
    assert (tmp_path / "names.part").is_dir()
    monkeypatch.setattr(checkpoint, "save", save)
    capsys.readouterr()
    train()
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["6"]
    assert [path.name for path in tmp_path.iterdir()] == ["names"]


def test_restores_the_optimizer(recipe, sources, config, tmp_path):
    student, checkpoint = recipe["name_student"], recipe["checkpoint"]
    nlp = student._new(config, sources, None)
    model = nlp.get_pipe("ner").model
    optimizer = student.Adam(0.001, use_averages=True)
    student._update(nlp, model, sources[0].texts)
    model.finish_update(optimizer)
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


def test_learns_what_is_not_open(recipe, sources, sample, config, tmp_path):
    student = recipe["name_student"]
    student.train_name_student(config, sources, {"some": [sample]}, tmp_path / "names", settings(recipe, 40), 0)
    (rows,) = student.spacy.load(tmp_path / "names").get_pipe("ner").predict([student._doc(student.English(), sample)])
    assert [student.TAGS[i] for i in rows.argmax(1)][:4] == list(sample.tags[:4])


def test_a_deeper_network_begins_as_the_one_before(recipe, sources, sample, config, tmp_path):
    student = recipe["name_student"]
    shallow = tmp_path / "shallow.cfg"
    shallow.write_text(config.read_text(encoding="utf8").replace("depth = 7", "depth = 2"), encoding="utf8")
    older = student._new(shallow, sources, None)
    softmax = older.get_pipe("ner").model.get_ref("softmax")
    softmax.set_param("W", np.random.default_rng(0).normal(size=(9, 128)).astype("float32"))
    newer = student._new(config, sources, older)
    before, after = (nlp.get_pipe("ner").predict([student._doc(nlp, sample)])[0] for nlp in (older, newer))
    assert np.ptp(before, axis=1).min() > 0.1
    assert np.allclose(before, after, atol=1e-5)
