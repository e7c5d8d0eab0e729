"""Pages of the library and of what a case rests on, a file for each noun."""
