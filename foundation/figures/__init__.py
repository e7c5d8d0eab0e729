"""Dated figures: rows of law and policy with source, dates and confidence. Pure: no clock, no database.

A figure lives in a CSV or TOML file beside the app that uses it, so that a lawyer can change it without
touching Python. What cannot be read is refused with the file and the line.
"""

from foundation.figures.concerns import Concern, concerns
from foundation.figures.reading import BadData, Figure, Row, read_rows, read_toml

__all__ = ["BadData", "Concern", "Figure", "Row", "concerns", "read_rows", "read_toml"]
