"""Learns everything that the plugin learned, in one command: the cue lexicon, then the tagger on top of it.

    python plugins/copydesk_quotes/learning/learn.py DATA/polnear/train [--model copydesk_english] [--cache FOLDER]

Run it again when the parser changes: both read parses. It takes some minutes of one core. What words are like
(`learn_senses.py`) depends on no parser, needs an encoder, and is made apart.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).parent
    for script in ("learn_cues.py", "train_tagger.py"):
        subprocess.run([sys.executable, str(here / script), *sys.argv[1:]], check=True)
