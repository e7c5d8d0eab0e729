"""A large office made of nobody, skewed as real ones are, written as fast as the disk allows.

shape    how large, and how what people tell is spread: the same for the same seed
staff    the office and its people, who can sign in
matters  the rows of one person's matter, of the models themselves
copying  the rows sealed and copied in, past the row policies: for a throwaway cluster alone
"""

from benchmarks.office.copying import bench_url, make
from benchmarks.office.shape import Shape

__all__ = ["Shape", "bench_url", "make"]
