"""What staff may do with the rows of this app."""

from foundation.database.rows import ALL, ON_MATTERS, Rows, Rule

WRITE, APPEND = "select insert update", "select insert"
REMOVE = "select insert update(status)"
# What the reference shelf holds is published: all offices read it, only commands and the worker write it.
# `using` stays "true": `@@` is not leakproof, and behind any other policy its index could not be used.
SHELF: Rows = {role: Rule("select") for role in ON_MATTERS} | {"system": Rule(ALL)}
