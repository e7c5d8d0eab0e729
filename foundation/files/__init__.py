"""Files that belong to a person's file: sealed on disk in chunks, their names and sizes sealed too."""
