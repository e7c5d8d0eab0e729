"""Files that belong to a person's matter: sealed on disk in chunks, their names and sizes sealed too."""
