"""The accurate pipeline is a distribution of its own: its tests find it in the checkout, where it is not installed."""

import sys
from pathlib import Path

# After whatever is installed: an installed package is what is tested then.
sys.path.append(str(Path(__file__).parents[3] / "plugins" / "copydesk_english_accurate"))
