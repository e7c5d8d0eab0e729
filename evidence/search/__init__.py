"""Both searches: the reference shelf and the office's own sources, with one score (ADR 17)."""
