"""Sphinx configuration; the reference is written from the code before every build."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from generate import write_reference  # noqa: E402 - after the path is set

from gateway.core.version import VERSION  # noqa: E402 - likewise

project = "diary-gateway"
author = "The diary-gateway authors"
copyright = f"2026, {author}"  # noqa: A001 - the name Sphinx wants
release = VERSION

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "diary-gateway"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"
nitpicky = False

write_reference(HERE / "reference")
