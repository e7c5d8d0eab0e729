"""What runs inside the sandbox: a hostile file comes in, a new one without its dangers goes out.

Nothing here may import Django or anything of ours above this folder (a contract in pyproject.toml).
"""
