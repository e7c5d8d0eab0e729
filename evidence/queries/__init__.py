"""Reads over the library and a case's citations, a file for each noun."""
