"""Text that comes from providers and text that leaves: plain, safe HTML, file names, exports."""

from gateway.core.text.exports import fold_line, ical_text, spreadsheet_cell
from gateway.core.text.filenames import safe_filename
from gateway.core.text.homework import sets_something
from gateway.core.text.plain import to_plain
from gateway.core.text.sanitize import to_safe_html

__all__ = [
    "fold_line",
    "ical_text",
    "safe_filename",
    "sets_something",
    "spreadsheet_cell",
    "to_plain",
    "to_safe_html",
]
