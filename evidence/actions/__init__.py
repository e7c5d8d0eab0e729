"""What changes in the library and in what a case rests on, a file for each noun."""
