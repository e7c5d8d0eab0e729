"""Readers of the files that become sources. They run in the sandbox (foundation/files/sandbox.py), where a
hostile file is read and nothing can be reached; `evidence/reader.py` sends files in and takes answers out.

Nothing here may import Django or anything of ours but `foundation/files/rebuilder` (a contract in
pyproject.toml). A reader is a module with `warm()`, what its libraries need before the lock, and `rebuild()`.
"""
