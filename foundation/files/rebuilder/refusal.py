"""The one way a file is refused inside the sandbox, and the limits it is measured by."""

MAX_PIXELS = 50_000_000
MAX_PAGES = 500
MAX_OUT = 50 * 1024 * 1024


class Unfit(Exception):
    """The file is refused; the message is a code of the words of whoever sent it in (`words.py`)."""
