"""What runs inside the sandbox for a packet: exhibits are prepared one by one, then bound into volumes.

Nothing here may import Django or anything of ours but the rebuilder (a contract in pyproject.toml).
"""
