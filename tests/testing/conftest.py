"""The example provider is imported from its own folder, whether it is installed or not."""

import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "provider_example"

if str(EXAMPLE) not in sys.path:
    sys.path.insert(0, str(EXAMPLE))
