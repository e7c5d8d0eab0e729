"""Read a file of any kind we take: its text, and on which page each part stands.

What a file is, its first bytes say; its name and its sender are not asked.
"""

from evidence.reading.kinds import LARGEST, Reading, Unreadable, kind_of, read

__all__ = ["LARGEST", "Reading", "Unreadable", "kind_of", "read"]
