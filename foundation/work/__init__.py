"""One line of due work: rows of any table, claimed by the worker, tried again, stuck, given up."""
